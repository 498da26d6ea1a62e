import { Component, computed, input } from '@angular/core';
import { CopiedText } from './copied-text';
import { injectGatewayText } from './i18n/inject-text';

/** How systems call the gateway, with examples to copy. */
@Component({
  selector: 'gateway-docs',
  imports: [CopiedText],
  template: `
    <h2>{{ text('docs') }}</h2>
    <h3>{{ text('docs.mikrowisp') }}</h3>
    <p>{{ text('docs.mikrowisp.help') }}</p>
    <gateway-copied-text [label]="text('docs.mikrowisp')" [value]="mikrowisp" />
    <p>{{ text('docs.mikrowisp.method') }}</p>
    <h3>{{ text('docs.others') }}</h3>
    <p>{{ text('docs.others.help') }}</p>
    <ul>@for (field of fields; track field) {<li>{{ text(field) }}</li>}</ul>
    <gateway-copied-text [label]="text('docs.others')" [value]="query()" />
    <h3>{{ text('docs.curl') }}</h3>
    <gateway-copied-text [label]="text('docs.curl')" [value]="curl()" />
    <h3>{{ text('docs.answer') }}</h3>
    <gateway-copied-text [label]="text('docs.answer')" [value]="answer" />
    <p>{{ text('docs.answers') }}</p>
    <p>{{ text('docs.state') }}</p>
    <p>{{ text('docs.signature') }}</p>
    <p><a class="link" href="/api/docs" target="_blank" rel="noopener">{{ text('docs.api') }}</a></p>
  `,
  styles: `:host { display: flex; flex-direction: column; gap: 8px; font: var(--hilo-body-sm); } h2 { font: var(--hilo-title-sm); } h3 { font: var(--hilo-label); margin-top: 8px; } ul { padding-left: 20px; list-style: disc; }`,
})
export class GatewayDocs {
  /** The end point. */
  readonly url = input.required<string>();
  protected readonly text = injectGatewayText();
  protected readonly fields = ['docs.fields.to', 'docs.fields.message', 'docs.fields.file', 'docs.fields.id', 'docs.fields.token'] as const;
  protected readonly mikrowisp = 'to={destinatario}&message={mensaje}';
  protected readonly query = computed(() => `${this.url()}?to=5493415550100&message=Su%20factura%20vence%20el%2010&token=TOKEN`);
  protected readonly curl = computed(() => [
    `curl -X POST ${this.url()} \\`, `  -H 'Authorization: Bearer TOKEN' \\`, `  -H 'Content-Type: application/json' \\`,
    `  -d '{"to":"5493415550100","message":"Su factura","file":"https://ejemplo.com/factura.pdf","id":"F-1234"}'`,
  ].join('\n'));
  protected readonly answer = '{"status":"success","estado":"exito","id":"1234","eta":"2026-11-27T15:04:05.000Z"}';
}
