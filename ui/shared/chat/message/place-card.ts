import { Component, computed, input } from '@angular/core';
import type { Entry } from '../../api/conversations-api';
import { Icon } from '../../icons/icon';
import { injectChatText } from '../i18n/inject-text';

type Place = NonNullable<NonNullable<Entry['details']>['location']>;

/** A place that was sent. It draws no map, because that would tell another host where customers are: whoever wants one opens it. */
@Component({
  selector: 'hilo-place-card',
  imports: [Icon],
  template: `
    <div class="filecard"><hilo-icon name="pin" />
      <span class="grow">
        <b>{{ place().name || text(place().live ? 'place.live' : 'kind.location') }}</b>
        @if (place().address; as address) {<br>{{ address }}}
        <br><span class="caption num">{{ coordinates() }}</span>
        <br><a [href]="map()" target="_blank" rel="noopener noreferrer">{{ text('place.map') }}</a>
      </span>
    </div>
  `,
})
export class PlaceCard {
  readonly place = input.required<Place>();
  protected readonly text = injectChatText();
  protected readonly coordinates = computed(() => `${this.place().latitude.toFixed(5)}, ${this.place().longitude.toFixed(5)}`);
  protected readonly map = computed(() => {
    const { latitude, longitude } = this.place();
    return `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`;
  });
}
