/** How far the question to the service has come. */
import type { FactsFailure, ServiceFacts } from '../session/service';

/** Asked and waiting, refused for a reason, or answered. */
export type Asked =
  | { readonly step: 'waiting' }
  | { readonly step: 'failed'; readonly failure: FactsFailure }
  | { readonly step: 'arrived'; readonly facts: ServiceFacts };
