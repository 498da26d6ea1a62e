import { Component } from '@angular/core';
import { BotChip } from './bot-chip';
import { ModeChip } from './mode-chip';
import { Notifications } from './notifications';
import { SearchButton } from './search-button';
import { ThemeButton } from './theme-button';
import { UserMenu } from './user-menu';

/** Search, the bot's state, theme, notifications and the person. */
@Component({
  selector: 'panel-top-bar',
  imports: [BotChip, ModeChip, Notifications, SearchButton, ThemeButton, UserMenu],
  template: `
    <panel-search-button /><span class="topbar__space"></span>
    <panel-mode-chip /><panel-bot-chip /><span class="topbar__sep"></span>
    <panel-theme-button /><panel-notifications /><panel-user-menu />
  `,
  styles: `:host { display: contents; }`,
})
export class TopBar {}
