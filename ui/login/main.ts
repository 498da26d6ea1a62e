import { provideZonelessChangeDetection } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { LoginPage } from './login';

void bootstrapApplication(LoginPage, { providers: [provideZonelessChangeDetection()] });
