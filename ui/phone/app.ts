import { Component, inject } from '@angular/core';
import { Icon } from '../shared/icons/icon';
import type { IconName } from '../shared/icons/icon-names';
import { ThemeChoice } from '../shared/theme/theme';
import { BusinessPhone } from './business/business-phone';
import { CustomerList } from './customers/customer-list';
import { CustomerPhone } from './customers/customer-phone';
import { SamplePeople } from './customers/sample-people';
import { FaultPanel } from './faults/fault-panel';
import { LedgerList } from './faults/ledger-list';
import { injectText } from './i18n/inject-text';
import { LinkNotice } from './layout/link-notice';
import { Toast } from './layout/toast';
import { TopBar } from './layout/top-bar';
import { type Tab, tabs } from './simulator/address';
import { Place } from './simulator/place';
import { World } from './simulator/world';

/** The whole page: customers, the two phones, and what can be broken between them. Narrow screens show one at a time. */
@Component({
  selector: 'phone-root',
  imports: [BusinessPhone, CustomerList, CustomerPhone, FaultPanel, Icon, LedgerList, LinkNotice, Toast, TopBar],
  templateUrl: './app.html',
  styleUrl: './app.css',
  host: { '[attr.data-tab]': 'place.tab()', '[attr.data-chat]': 'place.person() ? "" : null' },
})
export class App {
  protected readonly place = inject(Place);
  protected readonly text = injectText();
  protected readonly tabs: readonly { readonly tab: Tab; readonly icon: IconName }[] = [
    { tab: tabs[0], icon: 'user' },
    { tab: tabs[1], icon: 'phone' },
    { tab: tabs[2], icon: 'zap' },
  ];

  constructor() {
    inject(ThemeChoice);
    inject(World).start();
    void inject(SamplePeople).load();
  }

  protected tabName(tab: Tab): `tabs.${Tab}` {
    return `tabs.${tab}`;
  }
}
