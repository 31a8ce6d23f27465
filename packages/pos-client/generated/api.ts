// Made by `npm run api` from the POS bridge's OpenAPI document; a test compares it.

export interface paths {
    "/counter": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the counter is now */
        get: operations["getCounter"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/transactions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The sales of this POS that are neither completed nor voided
         * @description What a POS asks for after it has crashed. Another POS’s sales are not in it.
         */
        get: operations["listTransactions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/transactions/{saleId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One sale of this POS */
        get: operations["getTransaction"];
        /**
         * Open a sale on the counter, or change its basket
         * @description Answered when it is on the counter’s disk. The same revision with the same basket is answered as before; a lower one is refused by name. Coupons that are on the screen are decided anew. A sale with a higher revision takes the screen from another sale of the same POS.
         */
        put: operations["putTransaction"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/transactions/{saleId}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * sale_completed: the sale is closed and paid
         * @description The same report twice is answered twice and counts once. A discount other than the approved one is refused unless `acceptDifference` says that it was given.
         */
        post: operations["completeTransaction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/transactions/{saleId}/void": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * sale_voided: the sale is given up, and its coupons are given back
         * @description Works without the server too, and however long ago the approval was. A completed sale can be voided.
         */
        post: operations["voidTransaction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/transactions/{saleId}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give the coupons back and go on with the sale
         * @description Before the basket of an approved sale changes. Without an approval nothing is done.
         */
        post: operations["undoDiscount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * WebSocket: the counter’s state and the sales of this POS, as they change
         * @description The first message, within five seconds, is a PosHello with the token; browsers cannot send it otherwise without putting it into an address. Then every frame is a PosMessage. Close codes: 4400 not a PosHello, 4401 unknown token, 4403 a page of another origin, 4408 no hello in time, 4413 it reads too slowly.
         */
        get: operations["openEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This description */
        get: operations["getDocument"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        PosBasket: {
            currency: string;
            /** @default true */
            taxIncluded: boolean;
            lines: components["schemas"]["PosLine"][];
            total: number;
        };
        PosLine: {
            lineId: string;
            gtin?: string;
            category?: string;
            /**
             * @default {
             *       "value": 1,
             *       "scale": 0
             *     }
             */
            quantity: {
                value: number;
                scale: number;
            };
            unitPrice: number;
            lineTotal: number;
            /** @default true */
            discountable: boolean;
            /** @default  */
            label: string;
        };
        PosCounter: {
            /** @enum {string} */
            state: "closed" | "idle" | "busy" | "error";
            stationId: string | null;
            storeId: string | null;
            currency: string | null;
            /** @enum {string} */
            connection: "online" | "offline" | "revoked";
            operatorId: string | null;
            /** @enum {string} */
            claimed: "no" | "by_you" | "by_other";
            saleId: string | null;
            visit: {
                /** @enum {string} */
                phase: "idle" | "reading" | "searching" | "offers" | "approving" | "approved" | "refused" | "undoing" | "undone";
                offers: {
                    usable: number;
                    best: number;
                } | null;
                refused: {
                    reason: string;
                    /** @enum {string} */
                    reasonGroup: "customer" | "campaign" | "medium" | "offline" | "staff" | "integration";
                } | null;
            };
            readers: {
                ready: number;
                all: number;
            };
        };
        PosDiscount: {
            redemptionId: string;
            revision: number;
            /** @enum {string} */
            certainty: "confirmed" | "stored";
            total: number;
            lines: {
                lineId: string;
                discount: number;
                lineTotal: number;
            }[];
            coupons: {
                acquisitionId: string;
                title: string;
                titles: {
                    [key: string]: string;
                };
                discount: {
                    total: number;
                    allocations: {
                        lineId: string;
                        amount: number;
                    }[];
                };
            }[];
        };
        PosTransaction: {
            saleId: string;
            revision: number;
            /** @enum {string} */
            state: "open" | "approved" | "completed" | "voided";
            basket: components["schemas"]["PosBasket"];
            discount: components["schemas"]["PosDiscount"] | null;
            amountDue: number;
            completed: {
                total: number;
                discount: number;
            } | null;
            onScreen: boolean;
            cursor: number;
        };
        PosTransactionList: {
            transactions: components["schemas"]["PosTransaction"][];
            cursor: number;
        };
        PosMessage: {
            /** @constant */
            type: "welcome";
            posId: string;
            name: string;
            cursor: number;
        } | {
            /** @constant */
            type: "counter";
            counter: components["schemas"]["PosCounter"];
        } | {
            /** @constant */
            type: "transaction";
            transaction: components["schemas"]["PosTransaction"];
        } | {
            /** @constant */
            type: "alive";
        };
        PosProblem: {
            type: string;
            title: string;
            status: number;
            detail?: string;
            reason: string;
            /** @enum {string} */
            reasonGroup?: "customer" | "campaign" | "medium" | "offline" | "staff" | "integration";
            params?: {
                [key: string]: string | number | boolean;
            };
            requestId?: string;
            errors?: {
                path: string;
                message: string;
            }[];
            /** @enum {string} */
            resultCode: "E_CLOSED" | "E_CLAIMED" | "E_DISABLED" | "E_ILLEGAL" | "E_NOEXIST" | "E_EXISTS" | "E_FAILURE" | "E_BUSY";
        };
        PosTransactionRequest: {
            revision: number;
            basket: {
                currency: string;
                /** @default true */
                taxIncluded?: boolean;
                lines: {
                    lineId: string;
                    gtin?: string;
                    category?: string;
                    /**
                     * @default {
                     *       "value": 1,
                     *       "scale": 0
                     *     }
                     */
                    quantity?: {
                        value: number;
                        scale: number;
                    };
                    unitPrice: number;
                    lineTotal: number;
                    /** @default true */
                    discountable?: boolean;
                    /** @default  */
                    label?: string;
                }[];
                total: number;
            };
        };
        SaleCompleted: {
            total: number;
            discount: number;
            /** @default false */
            acceptDifference?: boolean;
        };
        SaleReason: {
            reason?: string;
        };
        PosHello: {
            /** @constant */
            type: "hello";
            token: string;
            cursor?: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getCounter: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PosCounter"];
                };
            };
            /** @description `unauthorized`: No POS that is allowed here has this token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
            /** @description `origin_not_allowed`: Pages of this origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
            /** @description `host_not_allowed`: This is not the address of the counter. */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
            /** @description `failed`: The counter has a fault. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
        };
    };
    listTransactions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PosTransactionList"];
                };
            };
            /** @description `unauthorized`: No POS that is allowed here has this token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
            /** @description `origin_not_allowed`: Pages of this origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
            /** @description `host_not_allowed`: This is not the address of the counter. */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
            /** @description `failed`: The counter has a fault. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
        };
    };
    getTransaction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The till’s own number of the sale. */
                saleId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PosTransaction"];
                };
            };
            /** @description `unauthorized`: No POS that is allowed here has this token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
            /** @description `origin_not_allowed`: Pages of this origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
            /** @description `transaction_unknown`: This POS has opened no such sale. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
            /** @description `host_not_allowed`: This is not the address of the counter. */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
            /** @description `failed`: The counter has a fault. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
        };
    };
    putTransaction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The till’s own number of the sale. */
                saleId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PosTransactionRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PosTransaction"];
                };
            };
            /** @description `invalid_request`: The request is not what the description asks for. `currency_differs`: The basket is in another currency than the store. `total_differs`: The total is not the sum of the lines. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
            /** @description `unauthorized`: No POS that is allowed here has this token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
            /** @description `origin_not_allowed`: Pages of this origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
            /** @description `basket_revision_stale`: The counter has a newer basket of this sale. `duplicate_request_differs`: The same was sent before with other content. `transaction_approved`: Coupons are approved for this basket: undo them before it changes. `transaction_closed`: This sale was completed or voided. `counter_claimed`: Another POS has its sale on this counter. `counter_in_use`: A purchase that was entered by hand is on the counter. `in_progress`: Coupons are being approved or undone: try again. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
            /** @description `too_large`: The request is larger than any basket. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
            /** @description `media_type_unsupported`: The body is to be application/json. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
            /** @description `host_not_allowed`: This is not the address of the counter. */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
            /** @description `failed`: The counter has a fault. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
            /** @description `storage_failed`: The disk did not take it; nothing changed. `counter_not_ready`: This counter is not in service. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
        };
    };
    completeTransaction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The till’s own number of the sale. */
                saleId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SaleCompleted"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PosTransaction"];
                };
            };
            /** @description `invalid_request`: The request is not what the description asks for. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
            /** @description `unauthorized`: No POS that is allowed here has this token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
            /** @description `origin_not_allowed`: Pages of this origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
            /** @description `transaction_unknown`: This POS has opened no such sale. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
            /** @description `discount_differs`: The counter approved another discount. `duplicate_request_differs`: The same was sent before with other content. `transaction_closed`: This sale was completed or voided. `in_progress`: Coupons are being approved or undone: try again. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
            /** @description `too_large`: The request is larger than any basket. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
            /** @description `media_type_unsupported`: The body is to be application/json. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
            /** @description `host_not_allowed`: This is not the address of the counter. */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
            /** @description `failed`: The counter has a fault. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
            /** @description `storage_failed`: The disk did not take it; nothing changed. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
        };
    };
    voidTransaction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The till’s own number of the sale. */
                saleId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SaleReason"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PosTransaction"];
                };
            };
            /** @description `invalid_request`: The request is not what the description asks for. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
            /** @description `unauthorized`: No POS that is allowed here has this token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
            /** @description `origin_not_allowed`: Pages of this origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
            /** @description `transaction_unknown`: This POS has opened no such sale. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
            /** @description `in_progress`: Coupons are being approved or undone: try again. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
            /** @description `too_large`: The request is larger than any basket. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
            /** @description `media_type_unsupported`: The body is to be application/json. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
            /** @description `host_not_allowed`: This is not the address of the counter. */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
            /** @description `failed`: The counter has a fault. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
            /** @description `storage_failed`: The disk did not take it; nothing changed. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
        };
    };
    undoDiscount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The till’s own number of the sale. */
                saleId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SaleReason"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PosTransaction"];
                };
            };
            /** @description `invalid_request`: The request is not what the description asks for. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
            /** @description `unauthorized`: No POS that is allowed here has this token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
            /** @description `origin_not_allowed`: Pages of this origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
            /** @description `transaction_unknown`: This POS has opened no such sale. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
            /** @description `transaction_closed`: This sale was completed or voided. `in_progress`: Coupons are being approved or undone: try again. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
            /** @description `too_large`: The request is larger than any basket. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
            /** @description `media_type_unsupported`: The body is to be application/json. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
            /** @description `host_not_allowed`: This is not the address of the counter. */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
            /** @description `failed`: The counter has a fault. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
            /** @description `storage_failed`: The disk did not take it; nothing changed. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
        };
    };
    openEvents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Switching protocols. */
            101: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `origin_not_allowed`: Pages of this origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
            /** @description `host_not_allowed`: This is not the address of the counter. */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PosProblem"];
                };
            };
        };
    };
    getDocument: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI 3.1 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
        };
    };
}
