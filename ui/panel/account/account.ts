import { Component } from '@angular/core';

@Component({ selector: 'panel-account', template: '<div class="page"></div>' })
export class AccountPage {}
