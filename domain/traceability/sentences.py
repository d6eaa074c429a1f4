"""What an event of an order means, in a sentence for people. Quantities and ids stay in the event's data."""

from collections import defaultdict
from typing import Any, Literal

SENTENCES: dict[str, tuple[str, str]] = {
    "change_order.accepted": ("Perubahan pesanan disetujui.", "A change of the order was agreed."),
    "change_order.declined": ("Perubahan pesanan ditolak.", "A change of the order was declined."),
    "change_order.proposed": ("Perubahan pesanan diusulkan.", "A change of the order was proposed."),
    "change_order.withdrawn": ("Usulan perubahan pesanan ditarik.", "A proposed change of the order was withdrawn."),
    "cost_claim.agreed": ("Klaim biaya disetujui bengkel.", "The supplier agreed to a cost claim."),
    "cost_claim.contested": ("Klaim biaya dibantah bengkel.", "The supplier contests a cost claim."),
    "cost_claim.raised": ("Klaim biaya diajukan.", "A cost claim was raised."),
    "cost_claim.settled": ("Klaim biaya diselesaikan.", "A cost claim was settled."),
    "cost_claim.withdrawn": ("Klaim biaya ditarik.", "A cost claim was withdrawn."),
    "despatch.cancelled": ("Surat jalan {number} dibatalkan.", "Delivery note {number} was cancelled."),
    "despatch.created": ("Barang dikirim dengan surat jalan {number}.", "Goods were sent with delivery note {number}."),
    "despatch.created_on_receipt": (
        "Barang tiba tanpa surat jalan dan dicatat sebagai {number}.",
        "Goods came without a delivery note and were recorded as {number}.",
    ),
    "despatch.partly_received": (
        "Sebagian surat jalan {number} diterima.",
        "A part of delivery note {number} was received.",
    ),
    "despatch.received": ("Surat jalan {number} selesai diterima.", "All of delivery note {number} is accounted for."),
    "first_article.approved": (
        "Sampel pertama baris {line_no} disetujui.",
        "The first article of line {line_no} was approved.",
    ),
    "first_article.approved_with_deviation": (
        "Sampel pertama baris {line_no} disetujui dengan penyimpangan.",
        "The first article of line {line_no} was approved with a deviation.",
    ),
    "first_article.rejected": (
        "Sampel pertama baris {line_no} ditolak.",
        "The first article of line {line_no} was rejected.",
    ),
    "first_article.submitted": (
        "Sampel pertama baris {line_no} diajukan.",
        "A first article of line {line_no} was submitted.",
    ),
    "first_article.withdrawn": (
        "Sampel pertama baris {line_no} ditarik.",
        "The first article of line {line_no} was withdrawn.",
    ),
    "heartbeat.recorded": ("Bengkel melaporkan kemajuan.", "The workshop reported its progress."),
    "inspection.corrected": ("Hasil pemeriksaan dikoreksi.", "Results of an inspection were corrected."),
    "inspection.reopened": ("Barang diperiksa kembali.", "Pieces are inspected again."),
    "inspection.finished": ("Pemeriksaan selesai.", "An inspection is complete."),
    "inspection.recorded": ("Hasil pemeriksaan dicatat.", "Results of an inspection were recorded."),
    "inspection.requested": ("Barang menunggu pemeriksaan.", "What arrived awaits inspection."),
    "invoice.dispute_resolved": (
        "Sengketa faktur {reference} selesai.",
        "The dispute about invoice {reference} was resolved.",
    ),
    "invoice.disputed": ("Faktur {reference} dipersoalkan.", "Invoice {reference} was disputed."),
    "invoice.matched": (
        "Faktur {reference} cocok dengan penerimaan.",
        "Invoice {reference} was matched with what was accepted.",
    ),
    "invoice.overdue": ("Faktur {reference} lewat jatuh tempo.", "Invoice {reference} is overdue."),
    "invoice.paid": ("Faktur {reference} lunas.", "Invoice {reference} is paid."),
    "invoice.part_paid": ("Sebagian faktur {reference} dibayar.", "A part of invoice {reference} was paid."),
    "invoice.payment_confirmed": (
        "Pembayaran faktur {reference} dikonfirmasi bengkel.",
        "The supplier confirmed a payment of invoice {reference}.",
    ),
    "invoice.submitted": ("Faktur {reference} dicatat.", "Invoice {reference} was recorded."),
    "invoice.withdrawn": ("Faktur {reference} ditarik.", "Invoice {reference} was withdrawn."),
    "nonconformance.cause_found": (
        "Penyebab ketidaksesuaian lot {lot} ditemukan.",
        "The cause of the nonconformance of lot {lot} was found.",
    ),
    "nonconformance.closed": (
        "Ketidaksesuaian lot {lot} ditutup.",
        "The nonconformance of lot {lot} was closed.",
    ),
    "nonconformance.complained": (
        "Lot {lot} yang sudah diterima dikeluhkan: {quantity}.",
        "{quantity} of lot {lot} were complained of after acceptance.",
    ),
    "nonconformance.contained": (
        "Ketidaksesuaian lot {lot} ditahan agar tidak meluas.",
        "The nonconformance of lot {lot} was contained.",
    ),
    "nonconformance.corrected": (
        "Ketidaksesuaian lot {lot} diperbaiki.",
        "What caused the nonconformance of lot {lot} was corrected.",
    ),
    "nonconformance.decided": (
        "Tindak lanjut lot {lot} diputuskan.",
        "It was decided what becomes of the rejected pieces of lot {lot}.",
    ),
    "nonconformance.opened": ("{quantity} dari lot {lot} ditolak.", "{quantity} of lot {lot} were rejected."),
    "nonconformance.pieces_returned": (
        "Barang dari lot {lot} dikembalikan.",
        "Pieces of lot {lot} are sent back.",
    ),
    "nonconformance.replacement_cancelled": (
        "Pengiriman pengganti lot {lot} dibatalkan.",
        "A replacement for lot {lot} was cancelled.",
    ),
    "nonconformance.replacement_sent": (
        "Pengganti lot {lot} dikirim.",
        "A replacement for lot {lot} was sent.",
    ),
    "nonconformance.response_returned": (
        "Jawaban tentang lot {lot} dikembalikan untuk dilengkapi.",
        "An answer about lot {lot} was sent back.",
    ),
    "order.acknowledged": ("Pesanan {number} dikonfirmasi.", "Order {number} was acknowledged."),
    "order.answered_with_changes": (
        "Pesanan {number} dijawab dengan perubahan.",
        "Order {number} was answered with changes.",
    ),
    "order.cancelled": ("Pesanan {number} dibatalkan.", "Order {number} was cancelled."),
    "order.changed": ("Isi pesanan berubah.", "The order's content changed."),
    "order.completed": ("Pesanan selesai.", "The order is complete."),
    "order.despatch_cancelled": (
        "Jumlah terkirim berkurang karena pembatalan.",
        "Sent quantities fell by a cancellation.",
    ),
    "order.first_article_judged": (
        "Izin produksi mengikuti keputusan sampel pertama.",
        "Release of production follows the decision about a first article.",
    ),
    "order.held": ("Pesanan {number} ditahan.", "Order {number} was put on hold."),
    "order.issued": ("Pesanan {number} terbit.", "Order {number} was issued."),
    "order.quantities_corrected": ("Jumlah pesanan dikoreksi.", "Quantities of the order were corrected."),
    "order.quantities_despatched": ("Jumlah terkirim bertambah.", "Sent quantities rose."),
    "order.quantities_inspected": (
        "Jumlah diterima baik dan ditolak bertambah.",
        "Accepted and rejected quantities rose.",
    ),
    "order.quantities_received": ("Jumlah yang tiba bertambah.", "Received quantities rose."),
    "order.rejected": ("Pesanan {number} ditolak.", "Order {number} was rejected."),
    "order.reopened": ("Pesanan dibuka kembali.", "The order is open again."),
    "order.resumed": ("Pesanan {number} dilanjutkan.", "Order {number} was resumed."),
    "order.short_closed": (
        "Pesanan {number} ditutup dengan jumlah kurang.",
        "Order {number} was closed short.",
    ),
    "order.started": ("Pesanan mulai dikerjakan.", "The order is in progress."),
    "receipt.recorded": ("Barang yang tiba dihitung.", "What arrived was counted."),
    "return_shipment.received": ("Retur {reference} diterima bengkel.", "Return {reference} reached the workshop."),
    "return_shipment.sent": ("Retur {reference} dikirim: {quantity}.", "Return {reference} was sent: {quantity}."),
    "schedule_line.adjusted": (
        "Jadwal {due_on} menyesuaikan jumlah: {quantity}.",
        "The schedule of {due_on} was adjusted: {quantity}.",
    ),
    "schedule_line.at_risk": ("Jadwal {due_on} terancam terlambat.", "The schedule of {due_on} is at risk."),
    "schedule_line.called_off": (
        "Jadwal {due_on} dipanggil: {quantity}.",
        "{quantity} were called off for {due_on}.",
    ),
    "schedule_line.cancelled": ("Jadwal {due_on} dibatalkan.", "The schedule of {due_on} was cancelled."),
    "schedule_line.committed": ("Jadwal {due_on} disanggupi.", "The schedule of {due_on} was committed to."),
    "schedule_line.forecast": (
        "Perkiraan kebutuhan {due_on}: {quantity}.",
        "{quantity} are forecast for {due_on}.",
    ),
    "schedule_line.fulfilled": ("Jadwal {due_on} terpenuhi.", "The schedule of {due_on} is fulfilled."),
    "schedule_line.moved": ("Jadwal berpindah ke {due_on}.", "A schedule line moved to {due_on}."),
    "schedule_line.overdue": ("Jadwal {due_on} terlambat.", "The schedule of {due_on} is overdue."),
    "schedule_line.released": (
        "Jadwal {due_on} menjadi pasti: {quantity}.",
        "{quantity} for {due_on} became firm.",
    ),
}
"""Event type -> (Indonesian, English), with members of the event's data in braces."""


def sentence(event: str, data: dict[str, Any], language: Literal["id", "en"]) -> str:
    """The sentence for one event; its bare type where none is written yet. A member that is missing shows as a dash."""
    found = SENTENCES.get(event)
    if found is None:
        return event
    told = {name: str(value)[:60] for name, value in data.items() if value is not None}
    return found[language == "en"].format_map(defaultdict(lambda: "-", told))
