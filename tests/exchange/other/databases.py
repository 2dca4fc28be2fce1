"""Small projects of QualCoder and RQDA, with the tables that their versions make."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

_FIRST = """
create table project (databaseversion text, date text, memo text, about text);
create table source (id integer primary key, name text, fulltext text, mediapath text, memo text, owner text, date text, unique(name));
create table code_image (imid integer primary key, id integer, x1 integer, y1 integer, width integer, height integer, cid integer,
  memo text, date text, owner text);
create table code_av (avid integer primary key, id integer, pos0 integer, pos1 integer, cid integer, memo text, date text, owner text);
create table annotation (anid integer primary key, fid integer, pos0 integer, pos1 integer, memo text, owner text, date text);
create table attribute_type (name text primary key, date text, owner text, memo text, caseOrFile text, valuetype text);
create table attribute (attrid integer primary key, name text, attr_type text, value text, id integer, date text, owner text);
create table case_text (id integer primary key, caseid integer, fid integer, pos0 integer, pos1 integer, owner text, date text, memo text);
create table cases (caseid integer primary key, name text, memo text, owner text, date text, constraint ucm unique(name));
create table code_cat (catid integer primary key, name text, owner text, date text, memo text, supercatid integer, unique(name));
create table code_text (cid integer, fid integer, seltext text, pos0 integer, pos1 integer, owner text, date text, memo text,
  unique(cid, fid, pos0, pos1, owner));
create table code_name (cid integer primary key, name text, memo text, catid integer, owner text, date text, color text, unique(name));
create table journal (jid integer primary key, name text, jentry text, date text, owner text);
"""
_LATER = """
alter table source add av_text_id integer; alter table source add risid integer;
alter table project add bookmarkfile integer; alter table project add bookmarkpos integer; alter table project add codername text;
drop table code_text;
create table code_text (ctid integer primary key, cid integer, fid integer, seltext text, pos0 integer, pos1 integer, owner text,
  date text, memo text, avid integer, important integer, unique(cid, fid, pos0, pos1, owner));
alter table code_image add important integer;
create table stored_sql (title text, description text, grouper text, ssql text, unique(title));
create table ris (risid integer, tag text, longtag text, value text);
create table graph (grid integer primary key, name text, description text, date text, scene_width integer, scene_height integer);
"""
_NESTED = "alter table code_name add supercid integer; create table coder_names (name text unique not null, visibility integer);"
QUALCODER = {"v1": _FIRST, "v6": _FIRST + _LATER, "v14": _FIRST + _LATER + _NESTED}
"""Version -> its tables: codings without a number of their own, then with `important`, then codes below codes."""
RQDA = """
create table source (name text, id integer, file text, memo text, owner text, date text, dateM text, status integer);
create table freecode (name text, memo text, owner text, date text, dateM text, id integer, status integer, color text);
create table treecode (cid integer, catid integer, date text, dateM text, memo text, status integer, owner text);
create table codecat (name text, cid integer, catid integer, owner text, date text, dateM text, memo text, status integer);
create table treefile (fid integer, catid integer, date text, dateM text, memo text, status integer, owner text);
create table coding (cid integer, fid integer, seltext text, selfirst real, selend real, status integer, owner text, date text, memo text);
create table coding2 (cid integer, fid integer, seltext text, selfirst real, selend real, status integer, owner text, date text, memo text);
create table cases (name text, memo text, owner text, date text, dateM text, id integer, status integer);
create table caselinkage (caseid integer, fid integer, selfirst real, selend real, status integer, owner text, date text, memo text);
create table attributes (name text, status integer, date text, dateM text, owner text, memo text, class text);
create table caseAttr (variable text, value text, caseID integer, date text, dateM text, owner text, status integer);
create table fileAttr (variable text, value text, fileID integer, date text, dateM text, owner text, status integer);
create table annotation (fid integer, position integer, annotation text, owner text, date text, dateM text, status integer);
create table journal (name text, journal text, date text, dateM text, owner text, status integer);
create table project (databaseversion text, date text, dateM text, memo text, about text, imageDir text);
create table image (name text, id integer, date text, dateM text, owner text, status integer);
create table imageCoding (cid integer, iid integer, x1 integer, y1 integer, x2 integer, y2 integer, memo text, date text, dateM text,
  owner text, status integer);
"""
OLD_RQDA = """
create table source (name text, id integer, file text, memo text, status integer);
create table freecode (name text, memo text, id integer, status integer);
create table treecode (cid integer, catid integer);
create table coding (cid integer, fid integer, seltext text, selfirst real, selend real, status integer);
"""
"""Of 2008: no owners, no dates, no cases."""


def make(path: Path, schema: str, rows: dict[str, Iterable[dict[str, object]]]) -> Path:
    """A database with these tables and rows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as database:
        database.executescript(schema)
        for table, found in rows.items():
            for row in found:
                columns, values = ", ".join(row), list(row.values())
                database.execute(f"insert into {table} ({columns}) values ({', '.join('?' * len(row))})", values)
        database.commit()
    return path


def coded(
    text: str, words: Sequence[str], *, code: int = 1, fid: int = 1, owner: str = "Jan"
) -> list[dict[str, object]]:
    """Rows of code_text for these words, in code points."""
    return [
        {
            "cid": code,
            "fid": fid,
            "seltext": each,
            "pos0": text.index(each),
            "pos1": text.index(each) + len(each),
            "owner": owner,
        }
        for each in words
    ]
