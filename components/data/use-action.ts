'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/contract/client.ts';
import type { EndpointAnswer, EndpointCall } from '../../lib/contract/endpoint.ts';
import type { EndpointName, Endpoints } from '../../lib/contract/endpoints.ts';
import type { Failure } from '../../lib/contract/failure.ts';
import { toastDone, toastFailure } from '../ui/toaster.tsx';
import { failureFrom } from './use-endpoint.ts';

export interface ActionOptions<Name extends EndpointName> {
  /** Said when it is done; a function is given the answer. */
  done?: string | ((answer: EndpointAnswer<Endpoints[Name]>) => string | undefined);
  /** True: the failure is shown where the action was asked for, so no toast. */
  showsFailure?: boolean;
}

export interface Action<Name extends EndpointName> {
  /** Does it. Gives the answer, or undefined after a failure, which `failure` then tells. */
  run: (args: EndpointCall<Endpoints[Name]>) => Promise<EndpointAnswer<Endpoints[Name]> | undefined>;
  isBusy: boolean;
  failure: Failure | undefined;
  /** Forgets the last failure. */
  reset: () => void;
}

/** Calls an endpoint that changes something, says how it went, and has every open page ask anew. */
export function useAction<Name extends EndpointName>(
  name: Name,
  options: ActionOptions<Name> = {},
): Action<Name> {
  const queries = useQueryClient();
  const mutation = useMutation<EndpointAnswer<Endpoints[Name]>, unknown, EndpointCall<Endpoints[Name]>>({
    mutationFn: (args) => call(name, args),
    onSuccess: (answer) => {
      const message = typeof options.done === 'function' ? options.done(answer) : options.done;
      if (message) toastDone(message);
    },
    onError: (error) => {
      const failure = failureFrom(error);
      if (failure && !options.showsFailure) toastFailure(failure);
    },
    onSettled: () => queries.invalidateQueries(),
  });
  return {
    run: (args) => mutation.mutateAsync(args).catch(() => undefined),
    isBusy: mutation.isPending,
    failure: failureFrom(mutation.error),
    reset: mutation.reset,
  };
}
