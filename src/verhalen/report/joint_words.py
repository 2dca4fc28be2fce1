"""Fragments of every code that a report may count, for its displays of codes."""

from __future__ import annotations

from verhalen.analysis.joint_codes import CodedPiece, coded_pieces
from verhalen.report.data import ReportData
from verhalen.report.scope import concerns


def coded_in_report(data: ReportData) -> list[CodedPiece]:
    """Of the families of the report and of professionals, under the consents of its audience; read once per report."""
    if "coded" not in data.remembered:
        keys = {each.key for each in data.families}
        found = coded_pieces(
            data.project, families=keys, stories=data.stories, audience=data.audience, saying=data.saying
        )
        data.remembered["coded"] = [
            each for each in found if not data.front.municipalities or concerns(each.piece, keys)
        ]
    coded: list[CodedPiece] = data.remembered["coded"]
    return coded
