#!/usr/bin/python3
"""localities.py LISTS > localities.tsv - districts and communes of Viet Nam and the provinces that have one of that name.

LISTS is a folder with units_pre2025_63.tsv (the General Statistics Office's list as of June 2025), wards_2025.tsv (the list since
1 July 2025) and provinces_2025_34.tsv. Names alike but for marks are one row, for readers tell them apart no better.
"""
import collections
import csv
import os
import re
import sys
import unicodedata

KINDS = re.compile(r"^(?:Thành phố|Tỉnh|Quận|Huyện|Thị xã|Phường|Xã|Thị trấn|Đặc khu) +", re.I)

# Districts that older plans name and the list of June 2025 has no more, with what they were merged into or renamed to.
DISSOLVED = {
    "Hoành Bồ": "22", "Yên Hưng": "22", "Thông Nông": "04", "Trà Lĩnh": "04", "Phục Hòa": "04", "2": "79", "9": "79", "Từ Liêm": "01",
    "Tân Thành": "77", "Long Điền": "77", "Đất Đỏ": "77", "Nông Sơn": "49", "Yên Dũng": "24", "Đông Sơn": "38", "Nam Đông": "46",
    "Lộc Hà": "42", "Cửa Lò": "40", "Mỹ Lộc": "36", "Đạ Tẻh": "68", "Cát Tiên": "68",
}


def fold(name):
    plain = unicodedata.normalize("NFD", name.lower()).replace("đ", "d")
    plain = "".join(c for c in plain if unicodedata.category(c) != "Mn")
    return " ".join(re.sub(r"[’'`]", "", plain).replace("-", " ").split())


def spelled(name):
    """The tone of an open oa, oe, uy on its first letter: hoà -> hòa."""
    for new, old in zip("oà oá oả oã oạ oè oé oẻ oẽ oẹ".split(), "òa óa ỏa õa ọa òe óe ỏe õe ọe".split()):
        name = re.sub(new + r"(?!\w)", old, name)
    for new, old in zip("uỳ uý uỷ uỹ uỵ".split(), "ùy úy ủy ũy ụy".split()):
        name = re.sub("(?<![qQ])" + new + r"(?!\w)", old, name)
    return name.replace("’", "'")


def rows(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8") as stream:
        yield from csv.DictReader(stream, delimiter="\t")


def main(folder):
    here = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(here, "provinces.tsv"), encoding="utf-8") as stream:
        provinces = list(csv.DictReader((line for line in stream if not line.startswith("#")), delimiter="\t"))
    code = {fold(p["name"]): p["code"] for p in provinces}
    code["hue"] = code["thua thien hue"]
    today = {fold(p["today_name"]): p["today_code"] for p in provinces}
    names, found = {}, collections.defaultdict(set)

    def add(level, name, province):
        if level != "commune_2025":  # kinds changed in the years before; those since July 2025 are known
            name = KINDS.sub("", name)
        key = (level, fold(name))
        if level != "district" and key[1].isdigit():
            return
        names.setdefault(key, spelled(name))
        found[key].add(province)

    for unit in rows(folder, "units_pre2025_63.tsv"):
        if unit["level"] != "province":
            add(unit["level"], unit["name"], code[fold(KINDS.sub("", unit["province"]))])
    for name, province in DISSOLVED.items():
        add("district", name, province)
    for unit in rows(folder, "wards_2025.tsv"):
        assert today[fold(KINDS.sub("", unit["province"]))] == unit["province_code"], unit
        add("commune_2025", unit["name"], unit["province_code"])
    print("# Districts and communes until 30 June 2025 (codes of the 63 provinces) and communes since, with their kind (codes of the 34). Made by localities.py.")
    print("level\tname\tprovinces")
    for key in sorted(found, key=lambda key: (("district", "commune", "commune_2025").index(key[0]), key[1])):
        print(f"{key[0]}\t{names[key]}\t{' '.join(sorted(found[key]))}")


main(sys.argv[1])
