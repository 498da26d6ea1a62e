import { Component } from '@angular/core';

@Component({ selector: 'panel-setup', template: '<div class="page"></div>' })
export class SetupPage {}
