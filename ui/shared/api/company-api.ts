import { Injectable, inject } from '@angular/core';
import type { Frozen } from './frozen';
import { companyRead } from './generated/fn/company/company-read';
import { companyHoursWords } from './generated/fn/company/company-hours-words';
import { companyLogo } from './generated/fn/company/company-logo';
import { companyPutLogo$Jpeg } from './generated/fn/company/company-put-logo-jpeg';
import { companyPutLogo$Png } from './generated/fn/company/company-put-logo-png';
import { companyPutLogo$Webp } from './generated/fn/company/company-put-logo-webp';
import { companyRemoveLogo } from './generated/fn/company/company-remove-logo';
import { companyChange } from './generated/fn/company/company-change';
import { companyReadPublic } from './generated/fn/company/company-read-public';
import { setupFinish } from './generated/fn/company/setup-finish';
import { setupRead } from './generated/fn/company/setup-read';
import type * as api from './generated/models';
import { Http } from './http';

/** How far the first run has come. */
export type Setup = Frozen<api.Setup>;
export type SetupStep = keyof Setup['steps'];
/** What anyone may know. */
export type PublicCompany = Frozen<api.PublicCompany>;

/** What the company says of itself, as it is changed. */
export type CompanyProfile = Frozen<api.Company>;
export type CompanyChange = Frozen<api.CompanyChange>;
export type CompanyHours = CompanyProfile['hours'] & object;
export type Weekday = keyof CompanyHours['week'];
export type Span = CompanyHours['week'][Weekday][number];
export type HoursException = CompanyHours['exceptions'][number];
export type HoursWords = Frozen<api.HoursWords>;
export type SocialNetwork = CompanyProfile['contacts']['social'][number]['network'];

const putLogoAs = { 'image/png': companyPutLogo$Png, 'image/jpeg': companyPutLogo$Jpeg, 'image/webp': companyPutLogo$Webp } as const;
export const logoTypes = Object.keys(putLogoAs);

/** Where a browser finds the company's logo; another one has another address. */
export const logoUrl = (sha256: string): string => `${companyLogo.PATH}?v=${sha256.slice(0, 12)}`;

/** The company of this host. */
@Injectable({ providedIn: 'root' })
export class CompanyApi {
  readonly #http = inject(Http);

  /** What anyone may know: the login page shows it. */
  publicFace(): Promise<PublicCompany> {
    return this.#http.call(companyReadPublic, {});
  }

  profile(): Promise<CompanyProfile> {
    return this.#http.call(companyRead, {});
  }

  /** What is wrong with hours, or how they are said. */
  hoursWords(hours: CompanyHours, timeZone: string): Promise<HoursWords> {
    return this.#http.call(companyHoursWords, { body: { hours, timeZone } });
  }

  /** Of another type than a picture's it is sent as PNG: the API looks at what it is. */
  putLogo(image: Blob): Promise<Frozen<api.CompanyLogo>> {
    const put = putLogoAs[image.type as keyof typeof putLogoAs] ?? companyPutLogo$Png;
    return this.#http.call(put, { body: image });
  }

  removeLogo(): Promise<void> {
    return this.#http.call(companyRemoveLogo, {});
  }

  change(changes: CompanyChange): Promise<CompanyProfile> {
    return this.#http.call(companyChange, { body: changes });
  }

  setup(): Promise<Setup> {
    return this.#http.call(setupRead, {});
  }

  finishSetup(): Promise<Setup> {
    return this.#http.call(setupFinish, {});
  }
}
