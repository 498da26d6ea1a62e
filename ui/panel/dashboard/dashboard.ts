import { Component } from '@angular/core';

@Component({ selector: 'panel-dashboard', template: '<div class="page"></div>' })
export class DashboardPage {}
