import { Component, computed, inject } from '@angular/core';
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { Empty, Failed, Skeleton } from '../../shared/feedback/states';
import { Icon } from '../../shared/icons/icon';
import { SettingsBack } from '../settings/settings-back';
import { injectPageTitle } from '../shell/page-title';
import { injectPeopleText } from './i18n/inject-text';
import { People } from './people';

/** The areas that answer, with how many people work in each. */
@Component({
  selector: 'people-departments',
  imports: [Empty, Failed, Icon, RouterLink, RouterLinkActive, RouterOutlet, SettingsBack, Skeleton],
  templateUrl: './departments-page.html',
  styleUrl: './list-page.css',
})
export class DepartmentsPage {
  protected readonly people = inject(People);
  protected readonly text = injectPeopleText();
  protected readonly rows = computed(() =>
    this.people.departments.value()?.map((department) => ({
      ...department,
      people: this.people.users.value()?.filter(({ active, departments }) => active && departments.includes(department.id)).length,
    })),
  );

  constructor() {
    injectPageTitle(() => this.text('departments'));
  }
}
