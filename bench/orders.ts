/** Totals that orders have, in cents; no two of so many in a row are the same. */
export const TOTALS = 25_000;

export const totalOf = (index: number): number => (index * 7919) % TOTALS;

/** An order as JSON, about 244 bytes with its key. */
export function orderOf(index: number, note: string): string {
  return JSON.stringify({
    id: index,
    customer: `customer-${(index * 31) % 50_000}`,
    total: totalOf(index) / 100,
    currency: 'EUR',
    status: ['open', 'paid', 'sent', 'returned'][index % 4],
    address: { street: `Long Street ${index % 900}`, city: 'Seoul', zip: String(10_000 + (index % 80_000)) },
    items: [index % 97, index % 89, index % 83],
    note,
  }).padEnd(234);
}
