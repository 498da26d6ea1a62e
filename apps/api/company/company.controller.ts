import { Controller, Get, SerializeOptions } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Company } from '../../../libs/db/entities/company.js';
import { CompanyScoped, CurrentCompany } from '../platform/company-scope.js';
import { companySchema, type CompanyView } from './company.schema.js';

@ApiTags('company')
@CompanyScoped()
@Controller('api/company')
export class CompanyController {
  @Get()
  @ApiOperation({ summary: 'The company of this host' })
  @ApiOkResponse({ standardSchema: companySchema })
  @SerializeOptions({ schema: companySchema })
  read(@CurrentCompany() company: Company): CompanyView {
    return company;
  }
}
