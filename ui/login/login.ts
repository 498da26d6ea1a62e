import { Component } from '@angular/core';
@Component({ selector: 'login-root', template: '' })
export class LoginPage {}
