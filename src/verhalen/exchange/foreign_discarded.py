"""What an import of QualCoder or RQDA could not keep, or kept otherwise: by kind, in words with a number, never a name."""

from __future__ import annotations

from verhalen.i18n import mark

PICTURES = "pictures"
RECORDINGS = "recordings"
NO_WORDS = "no_words"
OUTSIDE = "outside"
DOCUMENTS = "documents"
PICTURE_CODINGS = "picture_codings"
RECORDING_CODINGS = "recording_codings"
NO_CODE = "no_code"
NO_TEXT = "no_text"
IMPORTANT = "important"
GRAPHS = "graphs"
QUERIES = "queries"
REFERENCES = "references"
ORPHANS = "orphans"
CASE_WITHOUT_TEXT = "case_without_text"
DELETED = "deleted"
TOO_DEEP = "too_deep"
CATEGORIES = "categories"
SECOND = "second"
FILE_CATEGORIES = "file_categories"
CODING_LOST = "coding_lost"
CODING_UNCHECKED = "coding_unchecked"
CASE_NAMES = "case_names"
CASE_LETTER = "case_letter"
CASE_WITHDRAWN = "case_withdrawn"
PERSON_VALUES = "person_values"
CASE_PIECES = "case_pieces"
IDENTIFYING_VALUE = "identifying_value"
VALUE_DIFFERS = "value_differs"
TEXT_CHANGED = "text_changed"
TEXT_VALUES = "text_values"
REMARKS = "remarks"
TEXT_WITHDRAWN = "text_withdrawn"
TEXT_TOO_LONG = "text_too_long"
NO_DATE = "no_date"

SENTENCES = {
    PICTURES: mark("Pictures, which have no text: {n}"),
    RECORDINGS: mark("Recordings (their transcripts are kept): {n}"),
    NO_WORDS: mark("Texts without words: {n}"),
    DOCUMENTS: mark("Documents beside the texts, of which only the text is kept: {n}"),
    OUTSIDE: mark("Files that lie elsewhere on a computer, of which only the text is kept: {n}"),
    PICTURE_CODINGS: mark("Codings of pictures: {n}"),
    RECORDING_CODINGS: mark("Codings of recordings: {n}"),
    NO_CODE: mark("Codings whose code is no longer there: {n}"),
    NO_TEXT: mark("Codings of a text that is no longer there: {n}"),
    IMPORTANT: mark("Marks that a coding is important (the codings are kept): {n}"),
    GRAPHS: mark("Drawings of codes: {n}"),
    QUERIES: mark("Questions that were kept for another time: {n}"),
    REFERENCES: mark("Literature references: {n}"),
    ORPHANS: mark("Remarks at a text or case that is no longer there: {n}"),
    CASE_WITHOUT_TEXT: mark("Links from a case to a text that is no longer there: {n}"),
    TOO_DEEP: mark("Codes that stood deeper than fifty levels, and stand higher now: {n}"),
    DELETED: mark("Codings, texts, codes and the like that were deleted there: {n}"),
    CATEGORIES: mark("Further categories of a code, which stands in one place here: {n}"),
    SECOND: mark("Codings in the second table of codings: {n}"),
    FILE_CATEGORIES: mark("Texts in a category of texts: {n}"),
    CODING_LOST: mark("Codings whose words cannot be found in their text: {n}"),
    CODING_UNCHECKED: mark("Codings without words to check their place by, taken at their place: {n}"),
    CASE_NAMES: mark(
        "Cases whose name is no code of a family (as in G012), with all that hangs on them: {n}. They may be names of people."
    ),
    CASE_LETTER: mark("Cases whose code has a wrong check letter: {n}"),
    PERSON_VALUES: mark("Values of persons other than role and age group: {n}"),
    CASE_WITHDRAWN: mark("Cases of families that were withdrawn: {n}"),
    CASE_PIECES: mark("Pieces of text of a case that lie outside their text: {n}"),
    IDENTIFYING_VALUE: mark("Values that say who somebody is (name, address, birth date): {n}"),
    VALUE_DIFFERS: mark("Values of families that are otherwise here and stayed so: {n}"),
    TEXT_CHANGED: mark(
        "Texts that were corrected or masked here since they came in, which take no more codings from outside: {n}"
    ),
    TEXT_VALUES: mark("Attributes of texts, kept as a memo with the text: {n}"),
    REMARKS: mark("Remarks at a place of a text, kept as a memo with the turn: {n}"),
    TEXT_WITHDRAWN: mark("Texts that were withdrawn and may not come back: {n}"),
    TEXT_TOO_LONG: mark("Texts that are too long: {n}"),
    NO_DATE: mark("Codings and memos without a date that can be read (they got that of today): {n}"),
}
"""Kind -> what is said of it."""
LOSSES = frozenset(
    {
        CODING_LOST,
        NO_CODE,
        NO_TEXT,
        PICTURE_CODINGS,
        RECORDING_CODINGS,
        SECOND,
        TEXT_CHANGED,
        TEXT_TOO_LONG,
        TEXT_WITHDRAWN,
    }
)
"""Kinds of which codings or texts stayed behind."""
