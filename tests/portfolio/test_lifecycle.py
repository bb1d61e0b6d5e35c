"""A release says until when it is repaired, or plainly that nobody said."""

from datetime import date

import pytest

from portfolio.errors import Invalid
from portfolio.lifecycle import Product, Release

ENDS = date(2026, 7, 14)  # SQL Server 2016, end of extended support


def test_support_ends_for_everyone_before_it_ends_for_those_who_pay():
    release = Release("2016", standard_end=ENDS, extended_end=date(2029, 7, 17))

    assert release.support_end == ENDS
    assert release.last_day == date(2029, 7, 17)
    assert Release("2016", standard_end=ENDS).last_day == ENDS


def test_the_end_of_sales_alone_is_no_end_of_support():
    assert not Release("1", sales_end=ENDS).is_dated
    assert Release("1", active_end=ENDS).is_dated


def test_a_release_has_a_date_or_a_word_in_its_place_but_not_both():
    assert Release("1", has_ended=True).support_end is None

    with pytest.raises(Invalid, match="date-and-flag"):
        Release("1", standard_end=ENDS, has_ended=True)


def test_sales_may_end_at_any_moment_but_support_ends_in_order():
    assert Release("1", sales_end=date(2030, 1, 1), standard_end=ENDS).is_in_order
    assert not Release("1", active_end=date(2030, 1, 1), standard_end=ENDS).is_in_order


def test_a_product_has_a_code_a_title_and_each_release_once():
    with pytest.raises(Invalid, match="empty"):
        Product("", "PHP")
    with pytest.raises(Invalid, match="empty"):
        Product("php", " ")
    with pytest.raises(Invalid, match="twice"):
        Product("php", "PHP", releases=(Release("8.1"), Release("8.1")))


def test_a_release_without_a_source_has_its_products():
    own, none = Release("1", source="https://maker.example/1"), Release("2")
    product = Product("p", "P", releases=(own, none), source="https://maker.example")

    assert product.source_of(own) == "https://maker.example/1"
    assert product.source_of(none) == "https://maker.example"
