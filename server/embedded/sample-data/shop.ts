import { Random } from './random.ts';
import { CUSTOMERS, FAILED_ORDERS, ORDERS, PAGE_VIEWS, PAYMENTS } from './sample-topics.ts';

export interface SampleRecord {
  topic: string;
  key: string;
  /** Null: a tombstone. */
  value: string | null;
  headers: Record<string, string>;
  /** Milliseconds since the epoch. */
  timestamp: number;
}

interface Customer {
  id: string;
  name: string;
  city: string;
  country: string;
  since: string;
}

const PEOPLE = [
  ['Ada Okafor', 'Lagos', 'NG'],
  ['김서연', '서울', 'KR'],
  ['Mateo Rossi', 'Torino', 'IT'],
  ['Ingrid Dahl', 'Bergen', 'NO'],
  ['박지훈', '부산', 'KR'],
  ['Chloé Martin', 'Lyon', 'FR'],
  ['Jonas Weber', 'Leipzig', 'DE'],
  ['Priya Nair', 'Kochi', 'IN'],
  ['佐藤 美咲', '京都', 'JP'],
  ['Lucía Fernández', 'Sevilla', 'ES'],
  ['Tom Fletcher', 'Leeds', 'GB'],
  ['이하은', '대전', 'KR'],
] as const;

const PRODUCTS = [
  ['KB-75', 'Mechanical keyboard 75%', 12900],
  ['MS-02', 'Vertical mouse', 5900],
  ['MN-27', 'Monitor 27" 4K', 38900],
  ['DK-11', 'Standing desk', 52900],
  ['LM-04', 'Desk lamp', 4500],
  ['HP-09', 'Headphones', 15900],
  ['CB-3M', 'USB-C cable 3 m', 1900],
  ['ST-01', 'Laptop stand', 3900],
] as const;

const PAGES = ['/', '/search', '/cart', '/checkout', '/help', '/account'] as const;
const DEVICES = ['phone', 'desktop', 'tablet'] as const;
const METHODS = ['card', 'card', 'card', 'transfer', 'wallet'] as const;
const REFUSALS = ['insufficient_funds', 'card_expired', 'suspected_fraud'] as const;

/** A small shop: people look at pages, some order, most pay, some move house, a few leave. */
export class Shop {
  readonly #random: Random;
  readonly #customers: Customer[] = [];
  #orders: number;
  #people = 0;

  /** @param firstOrder number of the first order, so that numbers go on after a restart */
  constructor(seed: number, firstOrder: number) {
    this.#random = new Random(seed);
    this.#orders = firstOrder;
  }

  /** The customers that are there on the first day. */
  opening(timestamp: number): SampleRecord[] {
    return Array.from({ length: 24 }, () => this.#join(timestamp));
  }

  /** What happens next: one record, or several that belong together. */
  next(timestamp: number): SampleRecord[] {
    const lot = this.#random.next();
    if (lot < 0.72) return [this.#view(timestamp)];
    if (lot < 0.94) return this.#order(timestamp);
    if (lot < 0.975 || this.#customers.length <= 12) return [this.#join(timestamp)];
    if (lot < 0.99) return [this.#move(timestamp)];
    return [this.#leave(timestamp)];
  }

  #customer(): Customer {
    if (this.#customers.length === 0) this.#enrol(Date.UTC(2026, 0, 1));
    return this.#random.pick(this.#customers);
  }

  #enrol(timestamp: number): Customer {
    const [name, city, country] = this.#random.pick(PEOPLE);
    // Ids come round again: a compacted topic is one in which keys return.
    const id = `c-${String(1000 + (this.#people++ % 60))}`;
    const customer = { id, name, city, country, since: new Date(timestamp).toISOString().slice(0, 10) };
    const known = this.#customers.findIndex((other) => other.id === id);
    if (known >= 0) this.#customers[known] = customer;
    else this.#customers.push(customer);
    return customer;
  }

  #join(timestamp: number): SampleRecord {
    return this.#customerRecord(this.#enrol(timestamp), timestamp);
  }

  #move(timestamp: number): SampleRecord {
    const customer = this.#customer();
    const [, city, country] = this.#random.pick(PEOPLE);
    Object.assign(customer, { city, country });
    return this.#customerRecord(customer, timestamp);
  }

  #leave(timestamp: number): SampleRecord {
    const customer = this.#customer();
    this.#customers.splice(this.#customers.indexOf(customer), 1);
    return {
      topic: CUSTOMERS,
      key: customer.id,
      value: null,
      headers: { source: 'privacy-desk' },
      timestamp,
    };
  }

  #customerRecord(customer: Customer, timestamp: number): SampleRecord {
    return {
      topic: CUSTOMERS,
      key: customer.id,
      value: JSON.stringify(customer),
      headers: { source: 'accounts' },
      timestamp,
    };
  }

  #view(timestamp: number): SampleRecord {
    const random = this.#random;
    const [sku] = random.pick(PRODUCTS);
    const session = `s-${random.hex(8)}`;
    const value = {
      session,
      customerId: random.chance(0.6) ? this.#customer().id : null,
      path: random.chance(0.55) ? `/products/${sku}` : random.pick(PAGES),
      device: random.pick(DEVICES),
      loadMs: random.whole(40, 900),
      at: new Date(timestamp).toISOString(),
    };
    return {
      topic: PAGE_VIEWS,
      key: session,
      value: JSON.stringify(value),
      headers: { source: 'web', 'trace-id': random.hex(16) },
      timestamp,
    };
  }

  #order(timestamp: number): SampleRecord[] {
    const random = this.#random;
    const orderId = `o-${this.#orders++}`;
    const customer = this.#customer();
    const items = Array.from({ length: random.whole(1, 3) }, () => {
      const [sku, name, cents] = random.pick(PRODUCTS);
      return { sku, name, quantity: random.whole(1, 2), unitPrice: cents / 100 };
    });
    const total = items.reduce((sum, item) => sum + item.quantity * item.unitPrice, 0);
    const amount = Math.round(total * 100) / 100;
    const order = {
      orderId,
      customerId: customer.id,
      items,
      total: amount,
      currency: 'EUR',
      shipTo: { city: customer.city, country: customer.country },
      placedAt: new Date(timestamp).toISOString(),
    };
    const headers = { source: 'checkout', 'content-type': 'application/json', 'trace-id': random.hex(16) };
    const isRefused = random.chance(0.06);
    const payment = {
      paymentId: `p-${random.hex(10)}`,
      orderId,
      method: random.pick(METHODS),
      amount,
      currency: 'EUR',
      status: isRefused ? 'refused' : 'captured',
      ...(isRefused ? { reason: random.pick(REFUSALS) } : {}),
    };
    const placed = { topic: ORDERS, key: orderId, value: JSON.stringify(order), headers, timestamp };
    const paid = {
      topic: PAYMENTS,
      key: orderId,
      value: JSON.stringify(payment),
      headers: { ...headers, source: 'payments' },
      timestamp: timestamp + random.whole(20, 900),
    };
    if (!random.chance(0.02)) return [placed, paid];
    const failed = {
      ...placed,
      topic: FAILED_ORDERS,
      value: '{"orderId":',
      headers: { ...headers, 'error-class': 'JsonParseException', 'original-topic': ORDERS },
    };
    return [placed, paid, failed];
  }
}
