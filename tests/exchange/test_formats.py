"""What every file format must do, and the odd files each meets."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings, strategies as st

from engine.exchange.reading import format_of, formats, read, sheets
from engine.exchange.sheet import Limits, ReadOptions, Row
from engine.exchange.unreadable import UnreadableFile
from tests.exchange.sheets import WRITERS, write_csv, write_xlsx

TYPED = (date(2026, 3, 4), datetime(2026, 3, 4, 9, 30), time(10, 15), 7, Decimal("0.1"), True, "007", " 张三 ", None)
TITLES = ("day", "moment", "time", "whole", "part", "yes", "code", "name", "nothing")


@pytest.mark.parametrize("name", WRITERS)
def test_every_format_reads_what_was_written_whatever_the_file_is_called(name: str, tmp_path: Path) -> None:
    sheet = read(
        WRITERS[name](tmp_path / "clients.dat", [["Name", "City"], ["Anna", "Köln"], [None, None], ["王芳", "北京"]])
    )
    assert (sheet.format, sheet.header, sheet.header_line, sheet.count()) == (name, ("Name", "City"), 1, 2)
    assert list(sheet.rows()) == [Row(2, ("Anna", "Köln")), Row(4, ("王芳", "北京"))]
    assert list(sheet.rows(after=2)) == [Row(4, ("王芳", "北京"))]


@pytest.mark.parametrize("name", ["xlsx", "xls", "ods"])
def test_cells_of_workbooks_keep_their_types(name: str, tmp_path: Path) -> None:
    sheet = read(WRITERS[name](tmp_path / "typed", [(*TITLES, "end"), (*TYPED, "x")]))
    cells = next(sheet.rows()).cells[:-1]
    assert cells == TYPED
    assert [type(cell) for cell in cells] == [type(value) for value in TYPED]


def test_days_counted_from_1904_are_the_same_days(tmp_path: Path) -> None:
    sheet = read(write_xlsx(tmp_path / "mac.xlsx", [["day"], [date(1980, 1, 2)]], date_1904=True))
    assert list(sheet.rows()) == [Row(2, (date(1980, 1, 2),))]


@pytest.mark.parametrize("name", formats())
def test_every_format_says_what_it_is_in_both_languages(name: str) -> None:
    found = formats()[name]
    assert not found.label.missing(("en", "zh-CN"))
    assert found.suffixes and found.media_types


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    table=st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=8), min_size=3, max_size=3
        ),
        min_size=1,
        max_size=4,
    ),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
)
def test_any_text_comes_back_from_csv_as_written(table: list[list[str]], delimiter: str, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "any.csv", [["a", "b", "c"], *table], delimiter=delimiter)
    sheet = read(path, ReadOptions(encoding="utf-8", delimiter=delimiter, header_line=1))
    wanted = [[cell if cell and not cell.isspace() else None for cell in row] for row in table]
    assert [list(row.cells) for row in sheet.rows()] == [row for row in wanted if any(row)]


@pytest.mark.parametrize(
    ("encoding", "found"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16"), ("gbk", "gb18030"), ("gb18030", "gb18030")],
)
def test_the_encoding_of_a_chinese_file_is_found(encoding: str, found: str, tmp_path: Path) -> None:
    sheet = read(write_csv(tmp_path / "c.csv", [["姓名", "电话"], ["李雷", "13800138000"]], encoding))
    assert (sheet.encoding, sheet.header) == (found, ("姓名", "电话"))


def test_western_text_that_is_no_utf8_is_windows_1252_and_can_be_read_in_another_way(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "w.csv", [["Nom", "Prix"], ["Zoé", "5 €"]], "cp1252")
    assert [row.cells for row in read(path).rows()] == [("Zoé", "5 €")]
    assert [row.cells for row in read(path, ReadOptions(encoding="cp1251")).rows()] == [("Zoй", "5 Ђ")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_though_others_stand_in_the_cells(delimiter: str, tmp_path: Path) -> None:
    rows = [["name", "note", "sum"], ["a", "x, y; z", "1,5"], ["b", "no", "2,5"]]
    sheet = read(write_csv(tmp_path / "d.csv", rows, delimiter=delimiter))
    assert (sheet.delimiter, sheet.header) == (delimiter, ("name", "note", "sum"))


def test_a_line_that_names_the_delimiter_is_no_header(tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text("sep=;\r\na;b\r\n1;2\r\n", encoding="utf-8")
    sheet = read(tmp_path / "s.csv")
    assert (sheet.header, list(sheet.rows())) == (("a", "b"), [Row(2, ("1", "2"))])


def test_a_heading_above_the_titles_is_no_header(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "h.xlsx") as book:
        sheet = book.add_worksheet("Clients")
        sheet.merge_range(0, 0, 0, 3, "Clients of 2026")
        sheet.write_row(2, 0, ["Name", "City", "Phone", "Mail"])
        sheet.write_row(3, 0, ["Anna", "Bonn", "1", "a@example.org"])
    read_sheet = read(tmp_path / "h.xlsx")
    assert (read_sheet.name, read_sheet.header, read_sheet.header_line) == (
        "Clients",
        ("Name", "City", "Phone", "Mail"),
        3,
    )


def test_titles_over_several_others_are_no_header(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "two.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 0, 1, "Person")
        sheet.merge_range(0, 2, 0, 3, "Address")
        sheet.write_row(1, 0, ["Name", "Mail", "City", "Zip"])
        sheet.write_row(2, 0, ["Anna", "a@example.org", "Bonn", "53111"])
    found = read(tmp_path / "two.xlsx")
    assert (found.header, found.header_line, found.count()) == (("Name", "Mail", "City", "Zip"), 2, 1)


def test_a_sheet_nobody_sees_comes_last(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "h.xlsx") as book:
        for name in ("Secret", "People"):
            book.add_worksheet(name).write_column(0, 0, ["Name", "Anna"])
        book.get_worksheet_by_name("People").activate()
        book.get_worksheet_by_name("Secret").hide()
    found = read(tmp_path / "h.xlsx")
    assert (found.name, found.sheets) == ("People", ("People", "Secret"))


def test_a_quotation_mark_inside_a_text_closes_nothing(tmp_path: Path) -> None:
    (tmp_path / "q.csv").write_text('Pipe,Note\n5" wide,x\n"6"" wide",y"\n7,5"', encoding="utf-8")
    rows = [row.cells for row in read(tmp_path / "q.csv").rows()]
    assert rows == [('5" wide', "x"), ('6" wide', 'y"'), ("7", '5"')]


def test_a_cell_merged_over_rows_holds_for_each_of_them(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "m.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Company", "Person"])
        sheet.merge_range(1, 0, 2, 0, "Acme")
        sheet.write_column(1, 1, ["Anna", "Ben", "Carl"])
    assert [row.cells for row in read(tmp_path / "m.xlsx").rows()] == [
        ("Acme", "Anna"),
        ("Acme", "Ben"),
        (None, "Carl"),
    ]


def test_the_first_sheet_with_anything_in_it_is_read_and_another_one_may_be_asked_for(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "b.xlsx") as book:
        for name, title in (("Empty", ""), ("People", "Name"), ("公司", "名称")):
            book.add_worksheet(name).write(0, 0, title or None)
    path = tmp_path / "b.xlsx"
    assert sheets(path) == ("Empty", "People", "公司")
    assert (read(path).name, read(path, ReadOptions(sheet="公司")).header) == ("People", ("名称",))
    with pytest.raises(UnreadableFile, match="There is no sheet “Nowhere” in the file"):
        read(path, ReadOptions(sheet="Nowhere"))


def test_rows_are_as_long_as_the_header_and_what_stands_beyond_is_told(tmp_path: Path) -> None:
    sheet = read(write_csv(tmp_path / "l.csv", [["a", "b", ""], ["1"], ["1", "2", ""], ["1", "2", "3"], ["4", "5"]]))
    assert sheet.header == ("a", "b", "")
    sheet = read(write_csv(tmp_path / "l.csv", [["a", "b"], ["1"], ["1", "2", ""], ["1", "2", "3"], ["4", "5"]]))
    assert list(sheet.rows()) == [Row(2, ("1", None)), Row(3, ("1", "2")), Row(4, ("1", "2"), True), Row(5, ("4", "5"))]


def test_repeated_and_missing_titles_keep_their_columns(tmp_path: Path) -> None:
    sheet = read(write_csv(tmp_path / "r.csv", [["Phone", "", "Phone"], ["1", "2", "3"]]))
    assert (sheet.header, [sheet.title(position) for position in range(3)]) == (
        ("Phone", "", "Phone"),
        ["Phone", "B", "Phone"],
    )


def test_two_hundred_columns_are_read_and_more_than_the_limit_are_refused(tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "w.csv", [[f"c{number}" for number in range(200)], [str(number) for number in range(200)]]
    )
    assert (len(read(path).header), len(next(read(path).rows()).cells)) == (200, 200)
    with pytest.raises(UnreadableFile, match="The file has 200 columns; 100 can be read"):
        read(path, limits=Limits(columns=100))


def test_a_header_alone_is_a_table_without_rows(tmp_path: Path) -> None:
    sheet = read(write_csv(tmp_path / "h.csv", [["a", "b"]]))
    assert (sheet.header, sheet.count()) == (("a", "b"), 0)


def test_zero_bytes_inside_a_text_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "z.csv").write_bytes(b"name,city\n" + b"An\0na,Bonn\n" * 20)
    assert next(read(tmp_path / "z.csv").rows()).cells == ("Anna", "Bonn")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty: there is no row in it."),
        (b"\xef\xbb\xbf \r\n\r\n", "The file is empty: there is no row in it."),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "The file is not a table."),
        (b"%PDF-1.7\n" + bytes(range(128, 256)) + b"\0\1\2\3" * 99, "The file is not a table."),
        (b"PK\x03\x04 not really", "The file is damaged or is not a spreadsheet."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "The file is damaged or is not a spreadsheet."),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "The file is protected by a password.",
        ),
        (b"<html><table><tr><td>x</td></tr></table>", "The file is a web page or XML."),
        (b'a,b\n"x,y\n1,2\n', "A quotation mark that opens in row 2 is never closed."),
        (b'a,b\n1,2\n3,"x', "A quotation mark that opens in row 3 is never closed."),
        (b'a,b\n1,"never closed\n' + b"x,y\n" * 300_000, "A quotation mark that opens in row 2 is never closed."),
    ],
)
def test_a_file_that_is_no_table_ends_in_a_clear_sentence(content: bytes, sentence: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(UnreadableFile, match=sentence):
        read(tmp_path / "file").count()


def test_a_workbook_without_a_cell_is_empty(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="The file is empty"):
        read(write_xlsx(tmp_path / "e.xlsx", []))


def test_files_beyond_the_limits_are_refused_before_they_are_read(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "big.csv", [["a"], *([str(number)] for number in range(50))])
    with pytest.raises(UnreadableFile, match="The file has more than 40 rows"):
        read(path, limits=Limits(rows=40)).count()
    with pytest.raises(UnreadableFile, match="The file is larger than 0 MB"):
        format_of(path, Limits(bytes=100))
    with pytest.raises(UnreadableFile, match="The file is larger than 0 MB"):
        read(write_xlsx(tmp_path / "big.xlsx", [["a"], ["b"]]), limits=Limits(unpacked=1000))
