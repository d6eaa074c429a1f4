"""What the command line says, in Indonesian and in English."""

from __future__ import annotations

import os

INDONESIAN = {
    "Id": "Id",
    "Title": "Judul",
    "State": "Status",
    "Buyer": "Pembeli",
    "Supplier": "Pemasok",
    "Closes": "Tutup",
    "Lines": "Baris",
    "Line": "Baris",
    "Part": "Part",
    "Name": "Nama",
    "Quantity": "Jumlah",
    "Unit": "Satuan",
    "Material": "Bahan",
    "Documents": "Dokumen",
    "File": "Berkas",
    "Size": "Ukuran",
    "Confidential": "Rahasia",
    "yes": "ya",
    "no": "tidak",
    "Possible now": "Dapat dilakukan sekarang",
    "Valid until": "Berlaku sampai",
    "Total": "Jumlah harga",
    "Submitted": "Diajukan",
    "Number": "Nomor",
    "Price": "Harga",
    "Due": "Jatuh tempo",
    "Promised": "Dijanjikan",
    "Sent": "Dikirim",
    "Accepted": "Diterima",
    "Time": "Waktu",
    "Event": "Kejadian",
    "Subject": "Tentang",
    "Nothing.": "Tidak ada.",
    "Draft saved": "Draf disimpan",
    "Submitted, sealed until the opening": "Diajukan, tersegel sampai pembukaan",
    "You take part": "Anda ikut serta",
    "Agreement accepted": "Perjanjian diterima",
    "Acknowledged": "Dikonfirmasi",
    "Despatched": "Dikirim",
    "Uploaded": "Diunggah",
    "Downloaded": "Diunduh",
    "Next": "Berikutnya",
    "Refused": "Ditolak",
    "The server cannot be reached": "Server tidak dapat dihubungi",
    "No key. Set JEMBATAN_KEY, or store one in the keyring.": "Tidak ada kunci. Isi JEMBATAN_KEY, atau simpan di keyring.",
    "No address. Set JEMBATAN_URL or give --url.": "Tidak ada alamat. Isi JEMBATAN_URL atau pakai --url.",
    "The file did not arrive whole": "Berkas tidak tiba dengan utuh",
    "Stopped.": "Dihentikan.",
}


def language(chosen: str | None) -> str:
    """`id` or `en`: what was chosen, or else what the terminal's locale says; Indonesian only where it says so."""
    if chosen:
        return chosen
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "id" if locale.lower().startswith("id") else "en"


class Words:
    """Says things in one language."""

    def __init__(self, tongue: str) -> None:
        self.tongue = tongue

    def __call__(self, text: str) -> str:
        return INDONESIAN.get(text, text) if self.tongue == "id" else text
