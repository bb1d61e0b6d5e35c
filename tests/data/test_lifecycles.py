"""The shipped catalogue: facts with their sources, found by what people and tools call things."""

import csv

import pytest
from shared_data import shared

from data import lifecycles
from data.lifecycles import Catalogue, Gap, How, derive
from data.scans import endoflife
from portfolio.errors import Invalid
from portfolio.lifecycle import Product, Release

ASKED = [
    "windows-server", "mssqlserver", "oracle-database", "rhel", "ubuntu", "oracle-jdk",
    "dotnet", "php", "python", "nodejs", "angular", "postgresql", "mysql", "mongodb",
    "elasticsearch", "tomcat", "weblogic", "iis", "esxi", "vcenter", "msexchange", "sharepoint",
    "drupal", "wordpress", "arcgis-desktop", "peoplesoft", "domino", "windows", "macos", "ios",
    "android",
]  # fmt: skip


@pytest.fixture(scope="module")
def catalogue():
    return Catalogue(lifecycles.shipped())


def test_at_least_eighty_lines_of_a_city_have_dates():
    assert sum(product.is_dated for product in lifecycles.shipped()) >= 80


def test_the_lines_that_were_asked_for_are_there():
    codes = {product.code for product in lifecycles.shipped()}

    assert [code for code in ASKED if code not in codes] == []


@pytest.mark.parametrize("product", lifecycles.shipped(), ids=lambda product: product.code)
def test_each_date_has_a_source_a_day_and_a_word_and_stands_in_order(product):
    assert product.source.startswith("https://")
    assert product.releases
    for release in product.releases:
        assert product.source_of(release).startswith("https://")
        assert release.read_on is not None
        assert release.is_in_order
        for end in ("sales", "active", "standard", "extended"):
            if getattr(release, f"{end}_end") is not None:
                assert getattr(release, f"{end}_word")


def test_the_shipped_dates_are_those_of_their_source():
    site = {
        product.code: product
        for product in endoflife.read(
            shared("endoflife", "products_full.json").read_bytes()
        ).products
    }
    from_site = [p for p in lifecycles.shipped() if p.source.startswith(endoflife.SITE)]

    assert len(from_site) >= 80
    assert [p.code for p in from_site if p != derive.renewed(p, site[p.code])] == []


def test_a_file_is_written_as_it_is_read():
    products = lifecycles.shipped()

    assert lifecycles.read(derive.written(products, "# Everything").encode()) == products


@pytest.mark.parametrize(
    ("line", "wrong"),
    [('colour = "red"', "colour"), ('releases = [{version = "1", colour = "red"}]', "colour")],
)
def test_a_word_that_the_file_may_not_have_is_named(line, wrong):
    with pytest.raises(Invalid) as refused:
        lifecycles.read(f'[[products]]\ncode = "p"\ntitle = "P"\n{line}'.encode())

    assert wrong in str(refused.value.facts["found"])


def test_every_identifier_of_a_shipped_line_finds_it(catalogue):
    codes = {product.code for product in catalogue.products}
    rows = [
        row
        for row in csv.DictReader(
            shared("endoflife", "endoflife_identifiers.csv").read_text("utf-8").splitlines()
        )
        if row["product"] in codes and row["type"] in ("purl", "cpe")
    ]

    assert len(rows) > 500
    assert [row["id"] for row in rows if row["product"] not in meant(catalogue, row)] == []


def meant(catalogue, row):
    found = catalogue.match(**{row["type"]: row["id"]})
    return set() if found is None else {found.product.code, *(p.code for p in found.products)}


@pytest.mark.parametrize(
    ("name", "version", "code", "release"),
    [
        ("Microsoft SQL Server 2016", "", "mssqlserver", "13.0-sp3"),
        ("SQL Server 2016 SP2 Standard", "", "mssqlserver", "13.0-sp2"),
        ("SQL Server", "13.0.5026.0", "mssqlserver", "13.0-sp3"),
        ("SQL Server 2008 R2", "", "mssqlserver", "10.50-sp3"),
        ("Microsoft SQL Server 2019 (64-bit)", "", "mssqlserver", "15.0"),
        ("Windows Server 2012 R2 Datacenter", "", "windows-server", "2012-r2"),
        ("Windows Server 2012", "", "windows-server", "2012"),
        ("Windows Server 2016 Standard", "10.0.14393", "windows-server", "2016"),
        ("Windows Server 2008 R2 x64", "", "windows-server", "2008-r2-sp1"),
        ("Windows 7 Service Pack 1", "", "windows", "7-sp1"),
        ("Windows XP", "", "windows", "5-sp3"),
        ("Windows 10 Entreprise 22H2", "", "windows", "10-22h2"),
        ("Windows 10", "22H2", "windows", "10-22h2"),
        ("SQL Server 2016", "SP2", "mssqlserver", "13.0-sp2"),
        ("Windows 11 Pro 23H2", "", "windows", "11-23h2-w"),
        ("Windows 11 Enterprise 23H2", "", "windows", "11-23h2-e"),
        ("Oracle 19c", "", "oracle-database", "19"),
        ("Oracle Database", "19.3.0.0", "oracle-database", "19"),
        ("Oracle Database 12c Release 2", "", "oracle-database", "12.2"),
        ("Oracle", "11gR2", "oracle-database", "11.2"),
        ("Red Hat Enterprise Linux Server release 7.9 (Maipo)", "", "rhel", "7"),
        ("Ubuntu", "22.04.3 LTS", "ubuntu", "22.04"),
        ("Ubuntu Server 18.04", "", "ubuntu", "18.04"),
        ("Debian buster", "", "debian", "10"),
        ("SLES 12 SP5", "", "sles", "12.5"),
        ("macOS Big Sur", "", "macos", "11"),
        ("PHP", "7.4.33", "php", "7.4"),
        ("php7.4", "", "php", "7.4"),
        ("Node.js", "v18.17.0", "nodejs", "18"),
        ("Grafana", "v10.4.6", "grafana", "10.4"),
        ("Oracle JDK", "8u202", "oracle-jdk", "8"),
        ("Java SE Runtime Environment", "1.8.0_202", "oracle-jdk", "8"),
        ("Eclipse Temurin", "17.0.9+9", "eclipse-temurin", "17"),
        ("Temurin 17", "", "eclipse-temurin", "17"),
        (".NET Framework", "4.7.2", "dotnetfx", "4.7.2"),
        ("Microsoft .NET 6", "", "dotnet", "6"),
        (".NET Core 3.1", "", "dotnet", "3.1"),
        ("Apache Tomcat", "9.0.65", "tomcat", "9.0"),
        ("VMware ESXi 6.7 U3", "", "esxi", "6.7"),
        ("Exchange Server 2016 CU23", "", "msexchange", "2016"),
        ("Lotus Notes 9.0.1", "", "domino", "9.0"),
        ("Visual Studio 2019", "", "visual-studio", "16.11"),
        ("IIS 8.5", "", "iis", "8.5"),
        ("PAN-OS", "10.1.3-h1", "panos", "10.1"),
    ],
)
def test_a_name_and_a_version_find_their_release(catalogue, name, version, code, release):
    found = catalogue.match(name=name, version=version)

    assert (found.product.code, found.release and found.release.version) == (code, release)
    assert (found.how, found.gap) == (How.NAME, None)


@pytest.mark.parametrize(
    ("tool", "code", "release"),
    [
        ("pkg:maven/org.springframework.boot/spring-boot@2.7.18?type=jar", "spring-boot", "2.7"),
        ("pkg:npm/%40angular/core@12.2.0", "angular", "12"),
        ("pkg:deb/debian/nginx@1.18.0-6.1+deb11u3?arch=amd64", "nginx", "1.18"),
        ("pkg:deb/ubuntu/mysql-server@1:5.7.42-0ubuntu0.18.04.1", "mysql", "5.7"),
        ("pkg:rpm/redhat/httpd@2.4.37-62.el8", "apache-http-server", "2.4"),
        ("pkg:docker/library/php@8.1-fpm-alpine", "php", "8.1"),
        ("pkg:generic/openssl@1.1.1k", "openssl", "1.1.1"),
        ("cpe:2.3:o:microsoft:windows_server_2012:r2:*:*:*:*:*:*:*", "windows-server", "2012-r2"),
        ("cpe:2.3:o:microsoft:windows_server_2008:r2:sp1:*:*:*:*:x64:*", "windows-server",
         "2008-r2-sp1"),
        ("cpe:/a:microsoft:sql_server:2016:sp2", "mssqlserver", "13.0-sp2"),
        ("cpe:2.3:o:microsoft:windows_10_22h2:10.0.19045:*:*:*:*:*:*:*", "windows", "10-22h2"),
        ("cpe:2.3:a:oracle:jdk:1.8.0:update202:*:*:*:*:*:*", "oracle-jdk", "8"),
        ("cpe:2.3:a:joomla:joomla\\!:4.2:*:*:*:*:*:*:*", "joomla", "4"),
        ("cpe:/a:joomla:joomla%21:4.2", "joomla", "4"),
        ("CPE:2.3:A:PHP:PHP:7.4.33:*:*:*:*:*:*:*".replace("CPE", "cpe"), "php", "7.4"),
    ],
)  # fmt: skip
def test_what_tools_write_finds_its_release(catalogue, tool, code, release):
    kind = "purl" if tool.startswith("pkg:") else "cpe"
    found = catalogue.match(**{kind: tool})

    assert (found.product.code, found.release and found.release.version) == (code, release)


@pytest.mark.parametrize(
    "name",
    ["SQL Server 2012 Native Client", "SQL Server Management Studio 18", "Oracle Client 19c",
     "Windows Admin Center 1.2", "Cisco IOS 15", "Progiciel maison 3", "", "  ", "2016", "é"],
)  # fmt: skip
def test_another_product_with_a_like_name_is_not_taken_for_it(catalogue, name):
    assert catalogue.match(name=name) is None


@pytest.mark.parametrize(
    "purl", ["pkg:npm/redis@4.0.0", "pkg:pypi/mysql@0.0.3", "pkg:maven/org.mongodb/mongodb@3.9"]
)
def test_a_library_is_not_taken_for_the_server_of_the_same_name(catalogue, purl):
    assert catalogue.match(purl=purl, name="redis", version="4.0.0") is None


@pytest.mark.parametrize(
    ("name", "version", "gap"),
    [
        ("RabbitMQ", "", Gap.NO_VERSION),
        ("RabbitMQ", "latest", Gap.NO_VERSION),
        ("RabbitMQ", "0.1", Gap.UNKNOWN_VERSION),
        ("RabbitMQ", "inconnue", Gap.UNKNOWN_VERSION),
        ("PostgreSQL", "9", Gap.SEVERAL_RELEASES),
        ("Windows 10", "", Gap.SEVERAL_RELEASES),
        ("Windows", "6.1.7601", Gap.UNKNOWN_VERSION),
        ("Java", "8", Gap.SEVERAL_PRODUCTS),
    ],
)
def test_a_product_without_its_release_says_why(catalogue, name, version, gap):
    found = catalogue.match(name=name, version=version)

    assert (found.gap, found.release, found.is_dated) == (gap, None, False)


def test_what_a_version_does_not_choose_between_is_shown(catalogue):
    releases = catalogue.match(name="PostgreSQL", version="9").releases
    products = catalogue.match(name="Java", version="8").products

    assert {"9.6", "9.5"} <= {release.version for release in releases}
    assert {"oracle-jdk", "eclipse-temurin"} <= {product.code for product in products}


def test_a_release_that_was_assumed_is_said_to_be(catalogue):
    assert catalogue.match(name="SQL Server 2016").is_assumed
    assert not catalogue.match(name="SQL Server 2016 SP3").is_assumed
    assert catalogue.match(name="Solaris 10").is_assumed is False


def test_a_number_is_whole_in_a_version():
    catalogue = Catalogue((Product("p", "P", releases=(Release("1.1"), Release("1.10"))),))

    assert catalogue.match(name="P", version="1.10.3").release.version == "1.10"
    assert catalogue.match(name="P", version="1.1.3").release.version == "1.1"
    assert catalogue.match(name="P", version="1.12").release is None


def test_a_purl_says_it_better_than_a_name(catalogue):
    found = catalogue.match(name="PHP 7.4", purl="pkg:npm/react@17.0.2")

    assert (found.product.code, found.how) == ("react", How.PURL)


def test_what_is_no_purl_and_no_cpe_leaves_the_name_to_say_it(catalogue):
    found = catalogue.match(name="PHP", version="7.4", purl="php", cpe="cpe:2.3:x")

    assert (found.product.code, found.how) == ("php", How.NAME)
