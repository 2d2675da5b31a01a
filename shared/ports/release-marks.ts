/** Says who gives back the allowance of mail that SES took and did not send: an event may come to several, and again. */
export interface ReleaseMarks {
  /**
   * True for one caller alone, however many ask at once and however often: they release. Whoever gets no answer, or
   * dies before it has released, leaves the allowance on the used side for good.
   * @param mail - SES's id of the mail
   */
  first(mail: string, nowMs: number): Promise<boolean>;
}
