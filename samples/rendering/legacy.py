"""Vietnamese text in the encodings of the 1990s, as CP1252 shows their bytes; and the text layers that come of such fonts."""
import unicodedata

TCVN3 = {}
for letters, codes in [("àảãáạ", "B5B6B7B8B9"), ("ăằẳẵắặ", "A8BBBCBDBEC6"), ("âầẩẫấậ", "A9C7C8C9CACB"), ("đ", "AE"), ("èẻẽéẹ", "CCCECFD0D1"),
                       ("êềểễếệ", "AAD2D3D4D5D6"), ("ìỉĩíị", "D7D8DCDDDE"), ("òỏõóọ", "DFE1E2E3E4"), ("ôồổỗốộ", "ABE5E6E7E8E9"),
                       ("ơờởỡớợ", "ACEAEBECEDEE"), ("ùủũúụ", "EFF1F2F3F4"), ("ưừửữứự", "ADF5F6F7F8F9"), ("ỳỷỹýỵ", "FAFBFCFDFE"),
                       ("ĂÂÊÔƠƯĐ", "A1A2A3A4A5A6A7")]:
    TCVN3.update(zip(letters, bytes.fromhex(codes)))

VNI_TONES = {"\u0300": 0xF8, "\u0301": 0xF9, "\u0309": 0xFB, "\u0303": 0xF5, "\u0323": 0xEF}
VNI_SHAPES = {  # circumflex and breve, with each tone
    "\u0302": {"": 0xE2, "\u0301": 0xE1, "\u0300": 0xE0, "\u0309": 0xE5, "\u0303": 0xE3, "\u0323": 0xE4},
    "\u0306": {"": 0xEA, "\u0301": 0xE9, "\u0300": 0xE8, "\u0309": 0xFA, "\u0303": 0xFC, "\u0323": 0xEB},
}
VNI_LETTERS = {"ơ": 0xF4, "ư": 0xF6, "đ": 0xF1, "ỉ": 0xE6, "ĩ": 0xF3, "í": 0xED, "ị": 0xF2, "ì": 0xEC, "ỵ": 0xEE}


def tcvn3_letter(letter):
    """Toned capitals have no bytes of their own: the capital fonts draw them at those of the small letters."""
    code = TCVN3.get(letter) or TCVN3.get(letter.lower()) if ord(letter) > 127 else None
    return bytes([code]) if code else letter.encode("cp1252", "replace")


def vni_letter(letter):
    """A vowel, then a byte for its marks; capitals have both in capitals (0x20 less)."""
    lower = 0 if letter == letter.lower() else 0x20
    if letter.lower() in VNI_LETTERS:
        return bytes([VNI_LETTERS[letter.lower()] - lower])
    parts = unicodedata.normalize("NFD", letter)
    base, marks = parts[0], parts[1:]
    if not marks or ord(letter) < 128:
        return letter.encode("cp1252", "replace")
    tone = next((mark for mark in marks if mark in VNI_TONES), "")
    shape = next((mark for mark in marks if mark in VNI_SHAPES), "")
    head = bytes([VNI_LETTERS[{"o": "ơ", "u": "ư"}[base.lower()]] - lower]) if "\u031b" in marks else base.encode("cp1252")
    return head + bytes([(VNI_SHAPES[shape][tone] if shape else VNI_TONES[tone]) - lower])


LETTERS = {"tcvn3": tcvn3_letter, "vni": vni_letter}


def encode(text, encoding):
    """The bytes an old editor saved."""
    return b"".join(map(LETTERS[encoding], unicodedata.normalize("NFC", text)))


def shown(letter, encoding):
    """What a text layer says of a letter drawn by a font of the encoding: its bytes as CP1252 reads them."""
    return "".join(bytes([byte]).decode("cp1252", "replace").replace("\ufffd", chr(byte)) for byte in LETTERS[encoding](letter))
