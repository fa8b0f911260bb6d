import { readHealth } from '../../../server/http/health.ts';
import { route } from '../../../server/http/route.ts';

export const GET = route('getHealth', ({ registry }) => readHealth(registry));
