import { z } from 'zod';
import { customerFilters } from '../../../activities/customer-book/list.js';

export const amountSchema = z.string().regex(/^\d{1,10}(\.\d{1,2})?$/).meta({ description: 'Decimal string, as 18900.50' });
export const moneySchema = z.object({ amount: z.string(), currency: z.string() });
export const daySchema = z.iso.date();
export const versionSchema = z.number().int().min(1).meta({ description: 'Of the row as it was seen: another one is refused' });
const page = z.coerce.number().int().min(1).max(100_000).default(1);
const size = z.coerce.number().int().min(1).max(100).default(25);
export const pageQuery = { page, size };
const line = (most: number) => z.string().trim().max(most).transform((text) => text || null).nullable();
export const emptyable = line;

export const customerQuerySchema = z.object({
  q: z.string().trim().max(100).default(''),
  filter: z.enum(customerFilters).default('all'),
  plan: z.uuid().optional(),
  ...pageQuery,
});
export type CustomerQuery = z.infer<typeof customerQuerySchema>;

const status = z.enum(['active', 'suspended', 'cancelled']);
export const listedCustomerSchema = z
  .object({
    id: z.uuid(), number: z.string(), name: z.string(), document: z.string().optional(), phones: z.array(z.string()), address: z.string().optional(), status,
    balance: z.string().meta({ description: 'Decimal string; below zero: in their favour' }), dueOn: daySchema.optional(), plans: z.array(z.string()),
  })
  .meta({ id: 'ListedCustomer' });

export const customerPageSchema = z
  .object({
    items: z.array(listedCustomerSchema), currency: z.string(),
    active: z.boolean().meta({ description: 'Whether the bot answers from this book, and not from another ISP system' }),
    counts: z.object({ all: z.number().int(), owing: z.number().int(), suspended: z.number().int(), cancelled: z.number().int() }),
  })
  .meta({ id: 'CustomerPage' });
export type CustomerPage = z.infer<typeof customerPageSchema>;

const coordinate = (most: number) => z.number().min(-most).max(most).nullable();
const facts = {
  number: z.string().trim().regex(/^[\p{L}\p{N}.-]{1,20}$/u),
  name: z.string().trim().min(1).max(120),
  document: line(40),
  phones: z.array(z.string().trim().min(1).max(40)).max(8).meta({ description: 'As people write them; kept as E.164 digits' }),
  address: line(200),
  postalCode: line(12),
  email: z.union([z.literal('').transform(() => null), z.email().max(200)]).nullable(),
  taxCondition: line(60),
  notes: z.string().trim().max(4000),
  latitude: coordinate(90),
  longitude: coordinate(180),
};

export const newCustomerSchema = z
  .object({
    ...facts, number: facts.number.optional().meta({ description: 'Absent: the next' }), document: facts.document.default(null), phones: facts.phones.default([]),
    address: facts.address.default(null), postalCode: facts.postalCode.default(null), email: facts.email.default(null), taxCondition: facts.taxCondition.default(null),
    notes: facts.notes.default(''), latitude: facts.latitude.default(null), longitude: facts.longitude.default(null),
  })
  .refine(({ latitude, longitude }) => (latitude === null) === (longitude === null), 'latitude and longitude go together')
  .meta({ id: 'NewCustomer' });
export type NewCustomer = z.infer<typeof newCustomerSchema>;

export const customerChangeSchema = z.object({ version: versionSchema, ...z.object(facts).partial().shape }).meta({ id: 'CustomerChange', description: 'What is left out stays as it is' });
export type CustomerChange = z.infer<typeof customerChangeSchema>;

export const seenSchema = z.object({ version: versionSchema }).meta({ id: 'SeenVersion' });

export const bookServiceSchema = z
  .object({
    id: z.uuid(), customer: z.uuid(), number: z.string(), plan: z.object({ id: z.uuid(), name: z.string() }), status, address: z.string().nullable(),
    price: moneySchema.meta({ description: 'A month' }), ownPrice: z.string().nullable().meta({ description: 'Instead of the plan’s' }),
    installedOn: daySchema.nullable(), cancelledOn: daySchema.nullable(), ip: z.string().nullable(), onuSerial: z.string().nullable(), notes: z.string(),
    version: versionSchema,
  })
  .meta({ id: 'BookService' });
export type BookServiceView = z.infer<typeof bookServiceSchema>;

export const customerSchema = z
  .object({
    id: z.uuid(), number: z.string(), name: z.string(), document: z.string().nullable(), phones: z.array(z.string()), address: z.string().nullable(),
    postalCode: z.string().nullable(), email: z.string().nullable(), taxCondition: z.string().nullable(), notes: z.string(),
    latitude: z.number().nullable(), longitude: z.number().nullable(), status: z.enum(['active', 'cancelled']), version: versionSchema, createdAt: z.iso.datetime(),
    owed: z.string(), credit: z.string(), currency: z.string(), services: z.array(bookServiceSchema),
  })
  .meta({ id: 'BookCustomer', description: 'A customer of the embedded book' });
export type CustomerView = z.infer<typeof customerSchema>;

export const activitySchema = z
  .object({ id: z.string(), at: z.iso.datetime(), who: z.string(), action: z.string(), about: z.string().optional() })
  .meta({ id: 'CustomerActivity', description: 'What somebody did about a customer' });
export type Activity = z.infer<typeof activitySchema>;

const serviceFacts = {
  number: z.string().trim().regex(/^[\p{L}\p{N}.-]{1,20}$/u),
  plan: z.uuid(), address: line(200), installedOn: daySchema.nullable(), price: amountSchema.nullable(), ip: line(45), onuSerial: line(40), notes: z.string().trim().max(2000),
};
export const newServiceSchema = z
  .object({
    customer: z.uuid(), plan: serviceFacts.plan, number: serviceFacts.number.optional(), address: serviceFacts.address.default(null),
    installedOn: serviceFacts.installedOn.default(null), price: serviceFacts.price.default(null), ip: serviceFacts.ip.default(null),
    onuSerial: serviceFacts.onuSerial.default(null), notes: serviceFacts.notes.default(''),
  })
  .meta({ id: 'NewBookService' });
export type NewService = z.infer<typeof newServiceSchema>;
export const serviceChangeSchema = z.object({ version: versionSchema, ...z.object(serviceFacts).partial().shape }).meta({ id: 'BookServiceChange' });
export type ServiceChange = z.infer<typeof serviceChangeSchema>;

const planFacts = {
  name: z.string().trim().min(1).max(80), downMbps: z.number().int().min(0).max(100_000), upMbps: z.number().int().min(0).max(100_000), price: amountSchema,
  description: z.string().trim().max(300), active: z.boolean(),
};
export const planSchema = z
  .object({ id: z.uuid(), ...planFacts, currency: z.string(), services: z.number().int().meta({ description: 'That have it and go on' }), version: versionSchema })
  .meta({ id: 'BookPlan' });
export type PlanView = z.infer<typeof planSchema>;
export const newPlanSchema = z.object({ ...planFacts, description: planFacts.description.default(''), active: planFacts.active.default(true) }).meta({ id: 'NewBookPlan' });
export type NewPlan = z.infer<typeof newPlanSchema>;
export const planChangeSchema = z.object({ version: versionSchema, ...z.object(planFacts).partial().shape }).meta({ id: 'BookPlanChange' });
export type PlanChange = z.infer<typeof planChangeSchema>;
