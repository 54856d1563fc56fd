"""The tables between Zotero and CSL: item types, fields, roles of creators."""

from __future__ import annotations

TYPES = {
    "journalArticle": "article-journal", "magazineArticle": "article-magazine",
    "newspaperArticle": "article-newspaper", "conferencePaper": "paper-conference", "book": "book",
    "bookSection": "chapter", "thesis": "thesis", "report": "report", "preprint": "article",
    "manuscript": "manuscript", "webpage": "webpage", "blogPost": "post-weblog", "forumPost": "post",
    "computerProgram": "software", "dataset": "dataset", "patent": "patent", "statute": "legislation",
    "bill": "bill", "case": "legal_case", "hearing": "hearing", "encyclopediaArticle": "entry-encyclopedia",
    "dictionaryEntry": "entry-dictionary", "presentation": "speech", "videoRecording": "motion_picture",
    "film": "motion_picture", "tvBroadcast": "broadcast", "radioBroadcast": "broadcast",
    "podcast": "broadcast", "audioRecording": "song", "artwork": "graphic", "map": "map",
    "letter": "personal_communication", "email": "personal_communication",
    "instantMessage": "personal_communication", "interview": "interview", "standard": "standard",
    "document": "document",
}  # fmt: skip
"""CSL types by Zotero's; anything else is a ``document``."""

NO_WORKS = frozenset(("attachment", "note", "annotation"))

TITLES = ("title", "caseName", "nameOfAct", "subject")
VENUES = (
    "publicationTitle", "proceedingsTitle", "bookTitle", "encyclopediaTitle", "dictionaryTitle",
    "websiteTitle", "blogTitle", "forumTitle", "programTitle", "code", "reporter", "repository",
    "conferenceName", "meetingName",
)  # fmt: skip
"""Fields that name the venue; the first that says something does."""
DATES = ("date", "dateEnacted", "dateDecided", "issueDate")

VARIABLES = {
    "volume": "volume", "codeVolume": "volume", "reporterVolume": "volume", "issue": "issue", "pages": "page",
    "firstPage": "page", "codePages": "page", "numPages": "number-of-pages", "numberOfVolumes": "number-of-volumes",
    "series": "collection-title", "seriesTitle": "collection-title", "seriesNumber": "collection-number",
    "edition": "edition", "ISBN": "ISBN", "ISSN": "ISSN", "publisher": "publisher", "university": "publisher",
    "institution": "publisher", "company": "publisher", "label": "publisher", "studio": "publisher",
    "network": "publisher", "distributor": "publisher", "place": "publisher-place", "language": "language",
    "rights": "license", "callNumber": "call-number", "journalAbbreviation": "container-title-short",
    "thesisType": "genre", "reportType": "genre", "manuscriptType": "genre", "websiteType": "genre",
    "presentationType": "genre", "postType": "genre", "letterType": "genre", "mapType": "genre", "type": "genre",
    "genre": "genre", "reportNumber": "number", "patentNumber": "number", "billNumber": "number",
    "docketNumber": "number", "publicLawNumber": "number", "documentNumber": "number", "number": "number",
    "episodeNumber": "number", "versionNumber": "version", "version": "version", "archive": "archive",
    "archiveLocation": "archive_location", "libraryCatalog": "source", "section": "section", "session": "section",
    "artworkMedium": "medium", "artworkSize": "dimensions", "runningTime": "dimensions", "scale": "scale",
    "conferenceName": "event-title", "meetingName": "event-title", "eventPlace": "event-place",
    "status": "status", "PMID": "PMID", "PMCID": "PMCID", "originalDate": "original-date",
    "originalPublisher": "original-publisher", "originalPlace": "original-publisher-place",
    "partNumber": "part-number", "partTitle": "part-title", "volumeTitle": "volume-title",
    "programmingLanguage": "programming-language", "system": "system", "history": "history",
}  # fmt: skip
"""Variables of ``extra`` by field. Fields that are nowhere here keep their name."""

ELSEWHERE = frozenset(
    (
        *TITLES, *DATES, *VENUES, "shortTitle", "abstractNote", "DOI", "url", "extra", "accessDate", "archiveID",
        "citationKey", "citekey", "itemType", "itemID", "itemKey", "key", "libraryID", "uri", "select", "dateAdded",
        "dateModified", "relations", "collections", "creators", "tags", "notes", "attachments", "multi", "seeAlso",
        "uniqueFields", "version_", "parentItem", "inPublications", "deleted", "synced", "keyManager",
    )
) - {"conferenceName", "meetingName"}  # fmt: skip
"""Fields that other parts of a record hold, and those that only serve Zotero."""

AUTHORS = frozenset(
    "author inventor programmer artist presenter podcaster cartographer performer interviewee director sponsor "
    "composer creator".split()
)
ROLES = {
    "editor": "editor", "seriesEditor": "collection-editor", "translator": "translator",
    "bookAuthor": "container-author", "reviewedAuthor": "reviewed-author", "contributor": "contributor",
    "recipient": "recipient", "interviewer": "interviewer", "guest": "guest", "scriptwriter": "script-writer",
    "producer": "producer", "commenter": "commenter", "counsel": "counsel", "cosponsor": "cosponsor",
    "castMember": "performer", "wordsBy": "words-by", "attorneyAgent": "attorney-agent",
}  # fmt: skip
