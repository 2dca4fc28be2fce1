"""What an import could not keep, in words; only numbers are said, never a name or a word of a text."""

from __future__ import annotations

from collections import Counter

from verhalen.i18n import mark

KINDS = {
    "no_text": mark("texts without words in the file: they were left out"),
    "withdrawn": mark("texts, families or persons that were withdrawn here: they do not come back"),
    "codings_of_those": mark("selections in texts that were left out"),
    "outside_text": mark("codings outside their text"),
    "empty_selection": mark("codings of nothing: they end where they begin"),
    "PlaceMissing": mark("codings without a place in the text"),
    "unknown_code": mark("codings with a code that is not in the file"),
    "case_as_code": mark("codings with a case as their code, which did not become a family"),
    "no_text_coding": mark("codings of a whole document without text"),
    "PDFSelection": mark("codings of an area of a PDF page"),
    "PictureSelection": mark("codings of an area of a picture"),
    "AudioSelection": mark("codings of a piece of sound"),
    "VideoSelection": mark("codings of a piece of film"),
    "PDFSource": mark("PDF documents that are not in the file: they were left out"),
    "PictureSource": mark("pictures: they have no place here"),
    "AudioSource": mark("sound recordings without a transcript: they have no place here"),
    "VideoSource": mark("films without a transcript: they have no place here"),
    "only_words": mark("PDF documents, recordings or pictures of which only the words came"),
    "cut_off": mark("selections that went one or two places beyond their text: they end with the text now"),
    "no_code": mark("selections without a code or memo"),
    "no_user": mark("codings of nobody: they are yours now"),
    "case": mark("cases whose names may be names of people: they were left out (--cases new gives them a code)"),
    "case_check_letter": mark("cases whose code has a wrong check letter"),
    "case_code": mark("codes of whole cases"),
    "case_text": mark("texts that several families share: whose words they are was left open"),
    "person_value": mark("values of persons other than role and age group"),
    "value_differs": mark("values that differ from what stands here: those here stayed"),
    "identifying": mark("values that say who somebody is, such as a name or address"),
    "text_value": mark("values of texts"),
    "set": mark("sets"),
    "link": mark("links, other than from a memo to what it is about"),
    "Graph": mark("drawings"),
    "note_missing": mark("references to memos that are not in the file"),
    "note_empty": mark("memos without words"),
    "guid_twice": mark("codes that share their GUID with an earlier one: codings went to the first"),
    "only_rich": mark("texts without a plain form: read from the file with looks, so look at their codings"),
    "second_qde": mark("older projects (.qde) among the texts of this one: they were not read"),
    "outside_archive": mark("files whose path leads out of the archive: they were not read"),
    "row": mark("rows of the file beside it whose family, text or instrument did not come along"),
    "row_known": mark("rows of the file beside it about what was here before"),
}
"""What is counted, and how it is said."""
_LOST = (
    "no_text", "outside_text", "empty_selection", "PlaceMissing", "unknown_code", "case_as_code", "no_text_coding",
    "codings_of_those", "PDFSelection", "PictureSelection", "AudioSelection", "VideoSelection",
)  # fmt: skip


def listed(dropped: Counter[str]) -> list[tuple[str, int, str]]:
    """(kind, how many, marked words), most first."""
    return [(kind, n, KINDS[kind]) for kind, n in dropped.most_common() if n]


def lost_codings(dropped: Counter[str]) -> bool:
    """Whether texts or codings were among it."""
    return any(dropped[kind] for kind in _LOST)
