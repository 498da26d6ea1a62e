import { Component, computed, input, output } from '@angular/core';
import type { DescribedField, Description, EntityFacts } from '../../../shared/api/descriptions-api';
import { fieldAt, withWords } from './draft';
import type { TextKey } from './i18n/es';
import { injectDescriptionText } from './i18n/inject-text';

/** Where the values of one kind of row lie, and what the system's words stand for. */
@Component({ selector: 'description-map', templateUrl: './map-form.html', styleUrl: './forms.css' })
export class MapForm {
  readonly entity = input.required<EntityFacts>();
  readonly map = input.required<Description['map']>();
  readonly dateFormats = input.required<readonly string[]>();
  readonly changed = output<{ field: string; value: DescribedField | undefined }>();
  protected readonly text = injectDescriptionText();
  protected readonly name = computed(() => this.text(`entity.${this.entity().name}` as TextKey));
  protected readonly described = computed(() => this.map()[this.entity().name] ?? {});

  protected at(field: string): DescribedField | undefined {
    return this.described()[field];
  }

  protected putPaths(field: string, text: string): void {
    this.changed.emit({ field, value: fieldAt(text, this.at(field)) });
  }

  protected putWords(field: string, choice: string, text: string): void {
    const before = this.at(field);
    if (before) this.changed.emit({ field, value: withWords(before, choice, text) });
  }

  protected putFormat(field: string, format: string): void {
    const { formats: _, ...before } = this.at(field)!;
    this.changed.emit({ field, value: format === '' ? before : { ...before, formats: [format as NonNullable<DescribedField['formats']>[number]] } });
  }

  protected putDecimal(field: string, decimal: string): void {
    this.changed.emit({ field, value: { ...this.at(field)!, decimal: decimal as '.' | ',' | 'auto' } });
  }
}
