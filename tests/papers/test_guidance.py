"""A page of guidance on paper: the charity's name, headings, lists, its source, whole at any size of print."""

from pathlib import Path
from uuid import UUID

import pytest

from coachdesk.casework.guidance_sheets import GuidanceRow, SaveGuidance, list_guidance, save_guidance
from coachdesk.errors import Refusal
from coachdesk.models import Organisation
from coachdesk.papers.guidance import (
    GuidancePaper,
    GuidancePrint,
    PrintGuidance,
    guidance_document,
    guidance_file_name,
    write_guidance,
)
from coachdesk.press.blocks import BulletList, Heading, KeepTogether, Note, Text
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import unit_of_work
from tests.makers import ask, do, furnished
from tests.press.paper import Paper
from tests.vault_fixtures import ORGANISATION, TODAY


def pages(vault: OpenVault) -> tuple[GuidanceRow, ...]:
    return ask(furnished(vault), list_guidance)


def written(
    vault: OpenVault, sheet: UUID, target: Path, size: GuidancePrint = GuidancePrint.STANDARD
) -> Path:
    return write_guidance(vault, PrintGuidance(sheet_id=sheet, target=target, size=size), Watch())


def words(path: Path) -> str:
    return " ".join(" ".join(text for _, text in Paper(path.read_bytes()).read()).split())


def a_paper(body: str, **values: object) -> GuidancePaper:
    told = {"title": "T", "source": "", "organisation": "", "printed_on": TODAY, **values}
    return GuidancePaper(body=body, **told)  # type: ignore[arg-type]  # the values are as the test says


def test_the_text_becomes_headings_lists_and_paragraphs() -> None:
    made = guidance_document(
        a_paper("One\ntwo\n\nThree\n## Head\n- a\n- b\nafter\n##Last\n", source="Us.", organisation="C")
    )
    assert made.blocks[:6] == (
        Heading(1, "T"),
        Note("From C"),
        Text("One two"),
        Text("Three"),
        KeepTogether((Heading(2, "Head"), BulletList(("a", "b")), Text("after"))),
        KeepTogether((Heading(2, "Last"),)),
    )  # fmt: skip
    assert made.blocks[6] == Note("Source: Us.")
    assert made.watermark is None
    assert guidance_document(a_paper("x", is_practice=True)).watermark is not None
    assert len(guidance_document(a_paper("x")).blocks) == 3


@pytest.mark.parametrize("size", list(GuidancePrint))
def test_every_page_is_printed_whole_and_tagged(
    vault: OpenVault, tmp_path: Path, size: GuidancePrint
) -> None:
    for one in pages(vault):
        path = written(vault, one.id, tmp_path, size)
        assert path.name == guidance_file_name(one.key, size)
        said = words(path)
        assert ORGANISATION in said
        assert "CoachDesk facts" in said
        for line in one.body.splitlines():
            assert " ".join(line.lstrip("#- ").split()) in said
        paper = Paper(path.read_bytes())
        assert paper.tags().count("H1") == 1
        assert paper.loose_paint() == []
        assert len(paper.pdf.pages) <= (1 if size is GuidancePrint.STANDARD else 4)


def test_no_file_that_is_there_is_replaced_unasked(vault: OpenVault, tmp_path: Path) -> None:
    sheet = pages(vault)[0].id
    assert [written(vault, sheet, tmp_path).name for _ in range(2)] == [
        "guidance-first-steps.pdf",
        "guidance-first-steps-2.pdf",
    ]
    assert written(vault, sheet, tmp_path / "new" / "page").name == "page.pdf"
    assert written(vault, sheet, tmp_path / "new" / "page.pdf").name == "page.pdf"


def test_the_charitys_words_are_printed_and_a_page_that_is_gone_is_not(
    vault: OpenVault, tmp_path: Path
) -> None:
    sheet = pages(vault)[0]
    do(vault, save_guidance, SaveGuidance(sheet_id=sheet.id, title="Ask <first>", body="We & you."))
    with unit_of_work(vault, by_program=True) as work:
        work.session.query(Organisation).one().is_practice = True
    said = words(written(vault, sheet.id, tmp_path))
    assert "Ask <first>" in said
    assert "We & you." in said
    with pytest.raises(Refusal, match="not there"):
        written(vault, UUID(int=1), tmp_path)
