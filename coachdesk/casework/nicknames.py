"""Short forms of names, so that Bob finds Robert and Debs finds Deborah."""

_FORMS = (
    "alexander alex sandy", "alexandra alex sandra", "andrew andy drew", "anthony tony", "barbara barb",
    "benjamin ben", "catherine kate cath cathy katie", "charles charlie chuck", "christine chris chrissie",
    "christopher chris kit", "daniel dan danny", "david dave", "deborah debs debbie deb", "dorothy dot",
    "edward ed eddie ted", "elizabeth liz beth lizzie betty", "frances fran", "francis frank", "gareth gaz",
    "gregory greg", "jacob jake", "james jim jamie", "jennifer jen jenny", "jessica jess", "joanne jo",
    "john jack johnny", "jonathan jon", "joseph joe", "joshua josh", "katherine kate kath kathy katie",
    "kathleen kath kathy", "kenneth ken", "lawrence larry", "leonard len", "margaret maggie meg peggy",
    "matthew matt", "michael mike mick", "nicholas nick", "nicola nicky", "oluwaseun seun", "pamela pam",
    "patricia pat trish", "patrick pat paddy", "peter pete", "philip phil", "rebecca becky becca",
    "richard rick dick", "robert bob rob bobby", "ronald ron", "samantha sam", "samuel sam", "stephen steve",
    "steven steve", "susan sue", "theresa terry tess", "thomas tom", "timothy tim", "victoria vicky",
    "william bill will billy", "zachary zac",
)  # fmt: skip


def _others() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in _FORMS:
        names = line.split()
        for name in names:
            found.setdefault(name, set()).update(names)
    return {name: frozenset(forms - {name}) for name, forms in found.items()}


_OTHERS = _others()


def other_forms(name: str) -> frozenset[str]:
    """Return the other forms of a folded first name; none for one that has none."""
    return _OTHERS.get(name, frozenset())
