import { readMetrics } from '../../server/http/read-metrics.ts';

export const dynamic = 'force-dynamic';
export const GET = readMetrics;
