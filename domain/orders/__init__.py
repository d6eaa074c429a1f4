"""Purchase orders: made by the acceptance of an award, carried by despatches, receipts and inspections."""
