"""What leaves by name: a transfer to a lead provider, a pack for an auditor, and opening such a file again."""

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from coachdesk.commands.command import (
    Command,
    day_of,
    opened,
    say,
    say_json,
    seal_passphrase,
    takes_json,
    takes_seal,
    takes_vault,
    watch,
)
from coachdesk.errors import Refusal

if TYPE_CHECKING:
    from coachdesk.exchange.audit_pack import AuditPreview
    from coachdesk.exchange.sealed_file import Seal
    from coachdesk.exchange.transfers import TransferPreview
    from coachdesk.exchange.transfers_written import Left


def _seal(wish: argparse.Namespace) -> "Seal":
    """Return the seal; whoever is asked types the passphrase twice, a file is read once."""
    from coachdesk.exchange.sealed_file import Seal  # noqa: PLC0415  --help answers without the heavy libraries

    words = seal_passphrase(wish)
    return Seal(passphrase=words, again=words)


def _takes_file(parser: argparse.ArgumentParser, what: str) -> None:
    parser.add_argument("--programme", metavar="KEY", required=True, help="see coachdesk programmes VAULT")
    parser.add_argument("--out", metavar="FILE", type=Path, help=f"{what}; .age is added to the name")
    takes_seal(parser)
    parser.add_argument(
        "--dry-run", action="store_true", help="say who would go and who would not; write nothing"
    )
    takes_json(parser)


def _require_out(wish: argparse.Namespace) -> Path:
    if wish.out is None:
        raise Refusal("Say with --out where the file shall lie, or use --dry-run to look first.")
    return Path(wish.out)


def _transfer_arguments(parser: argparse.ArgumentParser) -> None:
    takes_vault(parser)
    _takes_file(parser, "the file to write, NAME.csv or NAME.xlsx")
    parser.add_argument(
        "--from", dest="from_on", metavar="DATE", type=day_of, help="on the programme from this day"
    )
    parser.add_argument(
        "--to", dest="to_on", metavar="DATE", type=day_of, help="on the programme up to this day"
    )


def _transfer(wish: argparse.Namespace) -> int:
    from coachdesk.exchange.transfers import (  # noqa: PLC0415  --help answers without the heavy libraries
        MakeTransfer,
        TransferQuestion,
        preview_transfer,
        transfer,
    )
    from coachdesk.vault.work import reading  # noqa: PLC0415  as above

    question = TransferQuestion(programme_key=wish.programme, from_on=wish.from_on, to_on=wish.to_on)
    with opened(wish) as vault:
        with reading(vault) as session:
            preview = preview_transfer(session, question)
        if preview.blocked:
            raise Refusal(preview.blocked)
        if wish.dry_run:
            return _look_at_transfer(wish, preview)
        made = MakeTransfer(
            question=question,
            path=_require_out(wish),
            seal=_seal(wish),
            previewed=frozenset(one.client_id for one in preview.going),
        )
        left = transfer(vault, made, watch(wish))
    return _tell(wish, left)


def _look_at_transfer(wish: argparse.Namespace, preview: "TransferPreview") -> int:
    if wish.json:
        say_json(
            {
                "recipient": preview.basis.recipient,
                "going": [one.reference for one in preview.going],
                "left_out": [{"reference": one.reference, "why": one.why} for one in preview.staying],
            }
        )
        return 0
    say(f"To {preview.basis.recipient} would go, with {preview.what}:")
    _list(one.reference for one in preview.going)
    say("Left out:")
    _list(f"{one.reference}: {one.why}" for one in preview.staying)
    return 0


def _list(lines: Iterable[str]) -> None:
    """Print lines, or that there is nobody."""
    told = [f"  {line}" for line in lines]
    say("\n".join(told) if told else "  nobody")


def _tell(wish: argparse.Namespace, left: "Left") -> int:
    from coachdesk.exchange.sealed_file import HOW_TO_OPEN  # noqa: PLC0415  --help answers without the heavy libraries

    if wish.json:
        say_json(
            {
                "file": str(left.path),
                "recipient": left.recipient,
                "clients": left.client_count,
                "left_out": dict(left.left_out),
                "passages_left_out": left.passages_left_out,
                "sha256": left.sha256,
            }
        )
        return 0
    clients = "1 client" if left.client_count == 1 else f"{left.client_count} clients"
    say(f"{clients} for {left.recipient}, sealed and written down: {left.path}")
    for reason, count in left.left_out.items():
        say(f"  left out: {count} ({reason[:1].lower()}{reason[1:]})")
    if left.passages_left_out:
        say(f"  passages about somebody else left out of whole files: {left.passages_left_out}")
    say(HOW_TO_OPEN)
    return 0


TRANSFER = Command(
    "transfer",
    "pass clients on by name to a lead provider",
    "Write clients by name into a sealed file for the programme's lead provider: only on the footing that a manager set, "
    "only clients with a permission in force, and each written down under what was passed on. It cannot be taken back.",
    _transfer_arguments,
    _transfer,
)


def _audit_arguments(parser: argparse.ArgumentParser) -> None:
    takes_vault(parser)
    _takes_file(parser, "the pack to write, NAME.zip")
    parser.add_argument("--auditor", metavar="NAME", required=True, help="who audits")
    parser.add_argument("--sample", metavar="N", type=int, default=0, help="how many whole files are drawn")
    parser.add_argument(
        "--seed", metavar="WORD", default="", help="the seed of the draw; the same seed draws the same"
    )
    parser.add_argument(
        "--reference",
        metavar="REF",
        action="append",
        default=[],
        help="a whole file chosen by hand; may be repeated",
    )
    parser.add_argument(
        "--legal-reason",
        metavar="TEXT",
        default="",
        help="why those without a permission are in it; written down",
    )


def _audit(wish: argparse.Namespace) -> int:
    from coachdesk.exchange.audit_pack import (  # noqa: PLC0415  --help answers without the heavy libraries
        AuditQuestion,
        AuditWriters,
        MakeAuditPack,
        make_audit_pack,
        preview_audit,
    )
    from coachdesk.exchange.audit_sample import SampleWish  # noqa: PLC0415  as above
    from coachdesk.papers.audit_file import whole_file  # noqa: PLC0415  as above
    from coachdesk.returns.method_sheet import METHOD_COLUMNS, method_rows  # noqa: PLC0415  as above
    from coachdesk.vault.work import reading  # noqa: PLC0415  as above

    sample = SampleWish(number=wish.sample, seed=wish.seed, references=tuple(wish.reference))
    question = AuditQuestion(
        programme_key=wish.programme, auditor=wish.auditor, sample=sample, legal_reason=wish.legal_reason
    )
    with opened(wish) as vault:
        if wish.dry_run:
            with reading(vault) as session:
                return _look_at_audit(wish, preview_audit(session, question))
        writers = AuditWriters(whole_file=whole_file, method_columns=METHOD_COLUMNS, method_rows=method_rows)
        made = MakeAuditPack(question=question, path=_require_out(wish), seal=_seal(wish), writers=writers)
        left = make_audit_pack(vault, made, watch(wish))
    return _tell(wish, left)


def _look_at_audit(wish: argparse.Namespace, preview: "AuditPreview") -> int:
    files = [one.reference for one in preview.files]
    if wish.json:
        say_json(
            {
                "listed": [one.reference for one in preview.listed],
                "left_out": dict(preview.left_out),
                "files": files,
                "method": preview.sample.method,
            }
        )
        return 0
    say(f"Current clients in the list of {preview.programme}: {len(preview.listed)}.")
    for reason, count in preview.left_out.items():
        say(f"  left out: {count} ({reason[:1].lower()}{reason[1:]})")
    say(f"Whole files: {preview.sample.method}")
    _list(files)
    return 0


AUDIT_PACK = Command(
    "audit-pack",
    "make a sealed pack for an audit of quality",
    "Write the current list, how every figure is counted and the whole files of a sample into one sealed file for an "
    "auditor: by each client's permission, or for a legal reason that is written down. It cannot be taken back.",
    _audit_arguments,
    _audit,
)


def _open_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="the sealed file, NAME.age")
    parser.add_argument(
        "--out", metavar="FILE", type=Path, help="where the plain file shall lie; NAME otherwise"
    )
    takes_seal(parser)
    takes_json(parser)


def _open(wish: argparse.Namespace) -> int:
    from coachdesk.exchange.sealed_file import ENDING, OpenSealed, open_sealed  # noqa: PLC0415  --help stays light

    if wish.out is None and wish.file.suffix.casefold() != ENDING:
        raise Refusal("Say with --out where the plain file shall lie.")
    target = wish.out if wish.out is not None else wish.file.with_suffix("")
    size = open_sealed(
        OpenSealed(path=wish.file, target=target, passphrase=seal_passphrase(wish, twice=False))
    )
    if wish.json:
        say_json({"file": str(target), "bytes": size})
        return 0
    say(f"Opened into {target}. It is not encrypted any more: destroy it when you have done with it.")
    return 0


OPEN_SEALED = Command(
    "open-sealed",
    "open a sealed file",
    "Open a file that CoachDesk or the program age sealed with a passphrase, and put what it holds beside it. No vault is "
    "needed.",
    _open_arguments,
    _open,
)
