import type { EndpointShape, Method } from '../../lib/contract/endpoint.ts';
import { type EndpointName, endpoints } from '../../lib/contract/endpoints.ts';
import { Failure } from '../../lib/contract/failure.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';

interface KnownPath {
  /** One a segment; null for a parameter, whose name stands in `params`. */
  literals: (string | null)[];
  params: string[];
  methods: Map<Method, EndpointName>;
}

/** Every path of the contract once, with the methods it has. */
const knownPaths: KnownPath[] = pathsOfContract();

function pathsOfContract(): KnownPath[] {
  const byTemplate = new Map<string, KnownPath>();
  for (const [name, shape] of Object.entries(endpoints) as [EndpointName, EndpointShape][]) {
    const known = byTemplate.get(shape.path) ?? { ...segmentsOf(shape.path), methods: new Map() };
    known.methods.set(shape.method, name);
    byTemplate.set(shape.path, known);
  }
  return [...byTemplate.values()];
}

function segmentsOf(template: string): Pick<KnownPath, 'literals' | 'params'> {
  const segments = template.slice(1).split('/');
  return {
    literals: segments.map((segment) => (segment.startsWith('{') ? null : segment)),
    params: segments.filter((segment) => segment.startsWith('{')).map((segment) => segment.slice(1, -1)),
  };
}

/**
 * The endpoints of a path below `/api`, by method, and the path's parameters, decoded; null when there are none.
 *
 * @throws Failure `invalid_request` when a segment is not valid percent-encoding
 */
export function matchPath(
  pathname: string,
): { methods: ReadonlyMap<Method, EndpointName>; params: Record<string, string> } | null {
  if (!pathname.startsWith('/api/')) return null;
  const segments = pathname.slice('/api/'.length).split('/');
  const known = knownPaths.find(
    ({ literals }) =>
      literals.length === segments.length &&
      literals.every((literal, index) =>
        literal === null ? segments[index] !== '' : literal === segments[index],
      ),
  );
  if (!known) return null;
  const values = segments.filter((_, index) => known.literals[index] === null).map(decodeSegment);
  return {
    methods: known.methods,
    params: Object.fromEntries(known.params.map((name, index) => [name, values[index]!])),
  };
}

/** @throws Failure `invalid_request` */
export function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new Failure('invalid_request', say('api.badEncoding'), {
      action: say('api.badEncoding.do'),
    });
  }
}
