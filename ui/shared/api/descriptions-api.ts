import { Injectable, inject } from '@angular/core';
import type { Frozen } from './frozen';
import { descriptionsCheckDescription } from './generated/fn/integrations/descriptions-check-description';
import { descriptionsReadDescription } from './generated/fn/integrations/descriptions-read-description';
import { descriptionsReadLanguage } from './generated/fn/integrations/descriptions-read-language';
import { descriptionsSaveDescription } from './generated/fn/integrations/descriptions-save-description';
import { descriptionsTryOperation } from './generated/fn/integrations/descriptions-try-operation';
import type * as api from './generated/models';
import { Http } from './http';

/** A system in the declarative language of the generic adapter. */
export type Description = Frozen<api.GenericDescription>;
export type DescribedOperation = Frozen<api.GenericOperation>;
export type DescribedField = Frozen<api.GenericField>;
/** What a description can say: operations, entities with their fields, presets. */
export type Language = Frozen<api.GenericLanguage>;
export type OperationFacts = Frozen<api.GenericOperationFacts>;
export type EntityFacts = Frozen<api.GenericEntityFacts>;
export type DescriptionCheck = Frozen<api.GenericCheck>;
export type SavedDescription = Frozen<api.GenericSaved>;
export type TriedOperation = Frozen<api.GenericTried>;
export type TryRequest = Frozen<Omit<api.GenericTry, 'description'>> & { description: Description };

/** Of an imported file nobody knows what it is until the API has looked at it. */
const asDraft = (description: unknown) => description as Record<string, never>;

@Injectable({ providedIn: 'root' })
export class DescriptionsApi {
  readonly #http = inject(Http);

  language(): Promise<Language> {
    return this.#http.call(descriptionsReadLanguage, {});
  }

  saved(): Promise<SavedDescription> {
    return this.#http.call(descriptionsReadDescription, {});
  }

  /** What is wrong with a description, whatever it is; nothing is kept. */
  check(description: unknown): Promise<DescriptionCheck> {
    return this.#http.call(descriptionsCheckDescription, { body: { description: asDraft(description) } });
  }

  save(description: Description): Promise<DescriptionCheck> {
    return this.#http.call(descriptionsSaveDescription, { body: { description: asDraft(description) } });
  }

  /** Sends one operation for real. */
  tryOut({ description, ...request }: TryRequest): Promise<TriedOperation> {
    return this.#http.call(descriptionsTryOperation, { body: { ...request, description: asDraft(description) } });
  }
}
