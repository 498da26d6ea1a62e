import { Component } from '@angular/core';
import { TopBar } from '../shell/top-bar';
import { injectPageTitle } from '../shell/page-title';

/** OmniChat: queue, chat and customer side by side, in a browser tab of its own. */
@Component({
  selector: 'omnichat-page',
  imports: [TopBar],
  template: `<header class="topbar"><panel-top-bar /></header><main id="content" tabindex="-1"></main>`,
})
export class OmniChatPage {
  constructor() {
    injectPageTitle(() => 'OmniChat');
  }
}
