/** HTTP status of each error that SES v2 answers with. */
const statusOf = {
  AccessDeniedException: 403,
  AlreadyExistsException: 400,
  BadRequestException: 400,
  ConcurrentModificationException: 500,
  ConflictException: 409,
  InternalServiceErrorException: 500,
  InvalidNextTokenException: 400,
  LimitExceededException: 400,
  MailFromDomainNotVerifiedException: 400,
  MessageRejected: 400,
  NotFoundException: 404,
  SendingPausedException: 400,
  TooManyRequestsException: 429,
  UnknownOperationException: 404,
} as const satisfies Record<string, number>;

export type SesErrorName = keyof typeof statusOf;

/** Status of one entry of a bulk call. */
export type BulkStatus =
  | "SUCCESS"
  | "ACCOUNT_DAILY_QUOTA_EXCEEDED"
  | "ACCOUNT_THROTTLED"
  | "INVALID_PARAMETER"
  | "INVALID_SENDING_POOL_NAME"
  | "MESSAGE_REJECTED"
  | "FAILED";

const usualBulkStatus: Partial<Record<SesErrorName, BulkStatus>> = {
  BadRequestException: "INVALID_PARAMETER",
  MessageRejected: "MESSAGE_REJECTED",
};

/** A refusal that the caller sees as one of SES's errors. */
export class SesError extends Error {
  override readonly name: SesErrorName;
  readonly status: number;
  /** How the same refusal reads for one entry of a bulk call. */
  readonly bulkStatus: BulkStatus;

  constructor(name: SesErrorName, message: string, bulkStatus?: BulkStatus) {
    super(message);
    this.name = name;
    this.status = statusOf[name];
    this.bulkStatus = bulkStatus ?? usualBulkStatus[name] ?? "FAILED";
  }
}

export const badRequest = (message: string): SesError => new SesError("BadRequestException", message);
export const notFound = (message: string): SesError => new SesError("NotFoundException", message);
