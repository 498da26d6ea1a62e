/**
 * Days after a payment on which the platform is asked for it again although nobody says that it has changed: of money that was given back or charged
 * back the notice may be lost. MercadoPago gives money back for 180 days after the approval; more changes early.
 */
export const lookedAgainDays = [1, 3, 7, 14, 30, 60, 90, 120, 150, 181] as const;
