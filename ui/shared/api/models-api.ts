import { Injectable, inject } from '@angular/core';
import type { Frozen } from './frozen';
import { modelsRead } from './generated/fn/models/models-read';
import { modelsRemove } from './generated/fn/models/models-remove';
import { modelsSave } from './generated/fn/models/models-save';
import { modelsTest } from './generated/fn/models/models-test';
import type * as api from './generated/models';
import { Http } from './http';

export type Model = Frozen<api.Model>;
export type ModelChange = api.ModelChange;
export type ModelDraft = api.ModelDraft;
export type ModelTried = Frozen<api.ModelTried>;
export type ModelFault = NonNullable<ModelTried['fault']>;

/** The model that reads pictures. */
@Injectable({ providedIn: 'root' })
export class ModelsApi {
  readonly #http = inject(Http);

  read(): Promise<Model> {
    return this.#http.call(modelsRead, {});
  }

  save(body: ModelChange): Promise<Model> {
    return this.#http.call(modelsSave, { body });
  }

  remove(): Promise<Model> {
    return this.#http.call(modelsRemove, {});
  }

  /** @param draft what is typed; without it, what is saved */
  test(draft?: ModelDraft): Promise<ModelTried> {
    return this.#http.call(modelsTest, { body: draft ? { draft } : {} });
  }
}
