"""The CSL variables that a reference keeps in its ``extra``."""

CSL_VARIABLES = frozenset(
    "annote archive archive_location authority call-number chapter-number citation-number collection-number"
    " collection-title container-title dimensions division edition event event-place event-title genre ISBN ISSN"
    " issue jurisdiction keyword language license medium note number number-of-pages number-of-volumes"
    " original-publisher original-title page part-number part-title PMCID PMID printing-number publisher"
    " publisher-place references scale section source status supplement-number translated-title version volume"
    " volume-title year-suffix".split()
)
