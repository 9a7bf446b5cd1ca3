"""On which page a form is found again that belongs to no client, for whoever goes on writing."""

_SETTINGS = {
    "programmes": ("programme", "outcome_rule"),
    "lists": ("answer", "privacy notice"),
    "questions": ("custom_field", "scale"),
    "rates": ("rate", "bank-holiday", "health_rule"),
    "letters": ("letter wording",),
    "employers": ("scheme", "guidance wording"),
    "people": ("coach", "hub"),
    "vault": ("backup-rule",),
}
_PAGES = {
    "rights": (
        *("data-request", "data-request-step", "retention-rule", "processing", "breach", "enquiry-rules"),
        *("clock-rule", "words taken out"),
    ),
    "team": ("work risk", "service quality", "cover"),
    "week": ("work time", "calendar file"),
    "returns": (
        *("sharing_basis", "audit pack", "put right", "narrative_prompt", "narrative", "funder_sheet"),
        *("funder_cell", "indicator-wording", "case_study", "profile-figure", "manual-figure"),
        "return-layout",
    ),
}
_WHERE = {form: f"settings:{part}" for part, forms in _SETTINGS.items() for form in forms} | {
    form: page for page, forms in _PAGES.items() for form in forms
}


def place_of(form: str) -> str:
    """Return the place of the rail, or the part of the settings, where a form is; blank when it is on none."""
    return _WHERE.get(form, "")
