"""The same table out of every kind of file, and a file that cannot be read told with its place."""

import datetime
from pathlib import Path

import openpyxl
import pytest

from planner.reading.problems import InputError
from planner.schedule.tables import read_table

HEADERS = ["Case ID", "Patient Name", "Surgery Date", "Procedure"]
ROWS = [["00042", "Müster, Renée", "2026-12-03", "RT TKA"], ["00043", "Exemple; Zoé", "2026-12-04", "THA, left"]]


def known(header):
    return header.strip() in HEADERS


def delimited(separator):
    lines = [separator.join(f'"{cell}"' for cell in cells) for cells in (HEADERS, *ROWS)]
    return "\r\n".join(lines) + "\r\n"


def contents(table):
    return table.headers, [list(cells) for cells in table.cells.itertuples(index=False, name=None)]


@pytest.mark.parametrize("separator", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_encoding_and_separator_gives_the_same_cells(encoding, separator, tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(delimited(separator).encode(encoding))
    assert contents(read_table(str(path), known)) == (tuple(HEADERS), ROWS)


def workbook(path, second=False):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Thursday"
    for cells in (
        [*HEADERS, "Start", "Weight"],
        ["00042", "Müster, Renée", datetime.datetime(2026, 12, 3), "RT TKA", datetime.time(7, 30), 80.5],
    ):
        sheet.append(cells)
    if second:
        other = book.create_sheet("Friday")
        other.append(HEADERS)
        other.append(ROWS[1])
    else:
        book.create_sheet("Notes").append(["call the rep"])
    book.save(path)
    return path


def test_a_workbook_is_read_as_text_and_its_other_sheets_are_named(tmp_path):
    table = read_table(str(workbook(tmp_path / "list.xlsx")), known)
    assert contents(table)[1] == [["00042", "Müster, Renée", "2026-12-03", "RT TKA", "07:30", "80.5"]]
    assert table.notes == ("Read from sheet Thursday; not read: Notes",)


def test_an_old_workbook_is_read_too():
    path = Path(__file__).parent / "exports" / "old-workbook.xls"
    assert contents(read_table(str(path), known)) == (tuple(HEADERS), ROWS)


def test_two_sheets_that_look_like_a_list_need_a_name(tmp_path):
    path = str(workbook(tmp_path / "list.xlsx", second=True))
    with pytest.raises(InputError, match="--sheet"):
        read_table(path, known)
    assert contents(read_table(path, known, "Friday"))[1] == [ROWS[1]]
    with pytest.raises(InputError, match="no such sheet"):
        read_table(path, known, "Saturday")


def read(text, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    return read_table(str(path), known)


def test_a_title_above_the_header_and_blank_rows_keep_the_numbers_of_rows(tmp_path):
    table = read(
        f"Operating list for Thursday\n\n{','.join(HEADERS)}\n1,A,2026-12-03,TKA\n,,,\n2,B,2026-12-03,THA\n",
        tmp_path,
    )
    assert list(table.cells.index) == [4, 6]
    assert (table.header_row, table.blank) == (3, 1)


@pytest.mark.parametrize(("line", "words"), [("2,B", "2 cells"), ("2,B,2026-12-03,THA,left", "more cells")])
def test_a_row_of_another_length_is_one_odd_row(line, words, tmp_path):
    table = read(
        f"Case ID,Patient Name,Surgery Date,Procedure\n1,A,2026-12-03,TKA\n{line}\n3,C,2026-12-03,TKA\n", tmp_path
    )
    assert list(table.odd) == [3]
    assert words in table.odd[3]
    assert len(table.cells) == 3


def test_empty_cells_after_the_last_column_are_no_fault(tmp_path):
    assert not read("Case ID,Patient Name,Surgery Date,Procedure,,\n1,A,2026-12-03,TKA,,\n", tmp_path).odd


def test_an_open_quotation_mark_is_told_with_its_line_and_swallows_nothing(tmp_path):
    with pytest.raises(InputError, match=r"list.csv:3:1"):
        read(
            f'{",".join(HEADERS)}\n1,A,2026-12-03,TKA\n2,"B,2026-12-03,THA\n3,C,2026-12-03,TKA\n',
            tmp_path,
        )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "nothing in this list"),
        (b"PK\x03\x04 not a workbook", "workbook cannot be read"),
        (b"a,b\n\x81\x8d,1\n", "no text in UTF-8"),
        (b"a\x00b\x00c,\x00\n", "no text in UTF-8"),
    ],
    ids=["empty", "broken workbook", "bytes of no encoding", "zeros"],
)
def test_a_file_that_is_no_table_is_told(content, words, tmp_path):
    (tmp_path / "list.csv").write_bytes(content)
    with pytest.raises(InputError, match=words):
        read_table(str(tmp_path / "list.csv"), known)


def test_a_case_above_the_header_is_not_lost(tmp_path):
    with pytest.raises(InputError, match="list.csv:1:1"):
        read(f"1,A,2026-12-03,TKA,,1\n{','.join(HEADERS)},,x\n2,B,2026-12-03,THA,,\n", tmp_path)


def test_lines_of_an_old_mac(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(b"Case ID,Patient Name,Surgery Date,Procedure\r1,A,2026-12-03,TKA\r")
    assert len(read_table(str(path), known).cells) == 1
