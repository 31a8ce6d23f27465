// Made by `npm run api` from the server's OpenAPI document; a test compares it.

export interface paths {
    "/v1/campaigns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Campaigns, newest first
         * @description To a station those that are or were in force. `waiting=true`: those with a version to be judged.
         */
        get: operations["getCampaigns"];
        put?: never;
        /**
         * Write a draft
         * @description A new campaign, the draft that is there, or a new version of a campaign: what is in force stays in force until the new version is approved. 409 with `params.contentHash` when it was based on other content than is there now.
         */
        post: operations["postCampaigns"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/campaigns/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One campaign */
        get: operations["getCampaignsById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/campaigns/{id}/submit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** submit: one step of the life cycle */
        post: operations["postCampaignsByIdSubmit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/campaigns/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** approve: one step of the life cycle */
        post: operations["postCampaignsByIdApprove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/campaigns/{id}/request-changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * request-changes: one step of the life cycle
         * @description Only with a reason.
         */
        post: operations["postCampaignsByIdRequestChanges"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/campaigns/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * reject: one step of the life cycle
         * @description Only with a reason.
         */
        post: operations["postCampaignsByIdReject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/campaigns/{id}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** suspend: one step of the life cycle */
        post: operations["postCampaignsByIdSuspend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/campaigns/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** resume: one step of the life cycle */
        post: operations["postCampaignsByIdResume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/campaigns/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** end: one step of the life cycle */
        post: operations["postCampaignsByIdEnd"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/campaigns/{id}/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who decided what about which content, when and why; newest first */
        get: operations["getCampaignsByIdDecisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/campaigns/{id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every version, newest first */
        get: operations["getCampaignsByIdVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/campaigns/{id}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One version */
        get: operations["getCampaignsByIdVersionsByVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/campaigns/{id}/versions/{version}/difference": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a version changes
         * @description Against the version in force, or another that is named by `from`; everything is new where there is none.
         */
        get: operations["getCampaignsByIdVersionsByVersionDifference"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/campaigns/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What rules would give for some purchases, by the code that decides at the counter
         * @description For a customer who holds one unused coupon and has used nothing of the campaign. Without `baskets`: the sample baskets.
         */
        post: operations["postCampaignsPreview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/acquisitions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a coupon of a campaign, or the one that a code is for, onto a medium, once for each acquisitionId */
        post: operations["postAcquisitions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/holders/{id}/acquisitions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a customer a coupon, whether they may take it themselves or not */
        post: operations["postHoldersByIdAcquisitions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/holdings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a medium’s holder has and may take; changes nothing */
        post: operations["postHoldings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/campaigns/{id}/code-lists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The lists of codes of a campaign, newest first */
        get: operations["getCampaignsByIdCodeLists"];
        put?: never;
        /** Make a list of unique codes for a campaign */
        post: operations["postCampaignsByIdCodeLists"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/code-lists/{id}/codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put up to 5,000 codes into a list: made from the deployment’s key, or your own */
        post: operations["postCodeListsByIdCodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/acquisition-imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The last lists, newest first */
        get: operations["getAcquisitionImports"];
        put?: never;
        /** Announce a list of acquisitions (CSV); with dryRun nothing is given */
        post: operations["postAcquisitionImports"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/acquisition-imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far a list is, and where to go on */
        get: operations["getAcquisitionImportsById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/acquisition-imports/{id}/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The next rows of a list, at most 5,000
         * @description Rows that were taken before are passed over, so that a part may be sent again. 409 for a gap, and when the list has ended.
         */
        post: operations["postAcquisitionImportsByIdRows"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/acquisition-imports/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a list early; what was given stays given */
        post: operations["postAcquisitionImportsByIdCancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/acquisition-imports/{id}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every bad row of a list as CSV: its number and why; nothing else of it */
        get: operations["getAcquisitionImportsByIdReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/phone-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A one-time code for the phone of whoever has just tapped
         * @description Good for ten minutes and five tries; one that the customer got before stops working.
         */
        post: operations["postPhoneCodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/my/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign a phone in with a one-time code; sets a cookie
         * @description A code works once. With `phone`, the same phone may ask again while the code lasts: it lost the answer.
         */
        post: operations["postMySession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/my/coupons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the customer has and may take */
        get: operations["getMyCoupons"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/my/acquisitions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a coupon, or redeem a code, once for each acquisitionId */
        post: operations["postMyAcquisitions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/my/staff-code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A code by which staff find this customer, whose card is lost
         * @description Good for five minutes; one that this customer’s phones showed before stops working.
         */
        post: operations["postMyStaffCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/my/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End the session of this phone */
        post: operations["postMySignOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/media/presentations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A medium was tapped or scanned here just now: the answer proves it for five minutes, at this store */
        post: operations["postMediaPresentations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/media/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Two media that were both shown belong to one customer from now on; what they have adds up */
        post: operations["postMediaLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/media/block": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Block a medium, or unblock it */
        post: operations["postMediaBlock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/media/transfer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A medium is lost: it is blocked, and the one that lies there takes its place */
        post: operations["postMediaTransfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/holders/find": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Whose a medium is that was shown just now */
        post: operations["postHoldersFind"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/holders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A customer’s media and coupons; never an identifier */
        get: operations["getHoldersById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/holders/{id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All that is kept of a customer, media by their type alone */
        get: operations["getHoldersByIdExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/holders/{id}/sign-out-phones": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A customer’s phone is lost: every phone of theirs is signed out */
        post: operations["postHoldersByIdSignOutPhones"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/holders/{id}/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Forget a customer for ever; redemptions stay and lead to nobody */
        post: operations["postHoldersByIdErase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/settings/retention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How long things are kept */
        get: operations["getSettingsRetention"];
        put?: never;
        /** Set how long things are kept */
        post: operations["postSettingsRetention"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a medium’s holder can use for this purchase */
        post: operations["postSearch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/redemptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Redemptions, newest business day first
         * @description Of the store that the caller looks after, or of every store. A page may be short and not the last.
         */
        get: operations["getRedemptions"];
        put?: never;
        /** Approve the use of coupons, once for each redemptionId */
        post: operations["postRedemptions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/redemptions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The first decision under an id, and whether it still stands */
        get: operations["getRedemptionsById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/redemptions/{id}/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo a redemption, or some of its coupons
         * @description By the station that made it within its window, else by a manager. 404 for an id that nobody has used yet, and nothing is noted: a request that may still be on its way is undone by an annul event, which waits for it.
         */
        post: operations["postRedemptionsByIdRollback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/redemptions.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same as CSV, one line a coupon, sent as it is read */
        get: operations["getRedemptionsCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/days": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Issued, acquired, redeemed, expired and what it cost, by business day */
        get: operations["getReportsDays"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/days.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Issued, acquired, redeemed, expired and what it cost, by business day (CSV) */
        get: operations["getReportsDaysCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/stores": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same by store */
        get: operations["getReportsStores"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/stores.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same by store (CSV) */
        get: operations["getReportsStoresCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/campaigns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same by campaign, with what each has given in all against its budget */
        get: operations["getReportsCampaigns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/campaigns.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same by campaign, with what each has given in all against its budget (CSV) */
        get: operations["getReportsCampaignsCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stores": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The stores that the caller looks after */
        get: operations["getStores"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Stations, with when they were last heard of and what they run */
        get: operations["getStations"];
        put?: never;
        /** Announce a station; the code enrols one machine, once, within an hour */
        post: operations["postStations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stores/{id}/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the counters of a store go by, and which of them already do */
        get: operations["getStoresByIdSettings"];
        put?: never;
        /** Set what all counters of a store go by, and which of it may be changed at a counter */
        post: operations["postStoresByIdSettings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stations/{id}/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set how one counter differs from its store
         * @description A manager changes what the office leaves free there; 403 names what it does not.
         */
        post: operations["postStationsByIdSettings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conflicts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Forced lines and quarantined events, newest first
         * @description Of the store that the caller looks after, or of every store.
         */
        get: operations["getConflicts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conflicts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Both sides of one conflict: what the station said, what the server holds, what was done about it */
        get: operations["getConflictsById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conflicts/{id}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept, roll back or write off
         * @description Idempotent by resolutionId and by saying the same again: the first word stands. 409 when it ended otherwise before; a quarantined event can only be written off.
         */
        post: operations["postConflictsByIdResolve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sync/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Settle what a station decided on its own, event by event and line by line */
        post: operations["postSyncEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sync/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What has changed since a cursor; everything from an empty one
         * @description Each entity as it is now, by the time of its latest change, about 1,000 a page. 410: take a snapshot.
         */
        get: operations["getSyncChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sync/snapshot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a station holds for offline work, as a compressed SQLite file
         * @description By Accept: application/zstd or application/gzip. Range with If-Range goes on with a file that was begun; Repr-Digest is its SHA-256. Go on from the cursor inside with /v1/sync/changes.
         */
        get: operations["getSyncSnapshot"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sync/leases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Borrow uses of a limited campaign, once for each leaseId
         * @description A fair share of what is left, at most what is wanted; `uses` 0 with a reason when nothing is lent now, and then nothing is remembered. The same id with the same wish gets the first answer and today’s state. After `spendUntil` it may not be spent; it is back in the pool only when it was returned or written off.
         */
        post: operations["postSyncLeases"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sync/leases/{id}/return": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give back what is left of a lease
         * @description The station spends it no more. 409 `in_progress` until every event up to `throughSeq` has been settled, because one of them may still draw from it. A second return gets the first one’s answer.
         */
        post: operations["postSyncLeasesByIdReturn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/leases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is lent to which station, and what became of the latest leases */
        get: operations["getLeases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/leases/{id}/write-off": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give up a lease that will not come back
         * @description What is left of it is in the pool again. Redemptions that its station still sends are kept as `forced`. Noted with who did it and why.
         */
        post: operations["postLeasesByIdWriteOff"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stations/{id}/write-off": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give up everything that is lent to a station: it is lost, stolen or broken */
        post: operations["postStationsByIdWriteOff"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Server-sent events: what happens, and whenever the change position moves
         * @description Events are named `change`, and `recall` where a lease of this station is called back; their data is JSON: {"changeSeq":{"type":"integer","minimum":-9007199254740991,"maximum":9007199254740991}}. What has changed is at /v1/sync/changes. Notices are named by their type, bear an id and are as in webhooks; with `Last-Event-ID` they go on after it, and `reset` says that it is not known any more. A listener that reads too slowly is cut off.
         */
        get: operations["getEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stations/enrol/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a one-time code would make of a machine; it uses nothing up
         * @description 401 `enrolment_unknown`, `enrolment_used` or `enrolment_expired` for a code that makes nothing any more.
         */
        post: operations["postStationsEnrolPreview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stations/enrol": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Become a station with a one-time code
         * @description With `proof` the same machine may ask again until the code expires, where the answer was lost. 401 `enrolment_unknown`, `enrolment_used` or `enrolment_expired`.
         */
        post: operations["postStationsEnrol"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stations/challenge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a station signs to get a token, within a minute */
        post: operations["postStationsChallenge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stations/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A new token for a station that proves itself by its key
         * @description Good for a day. The old one is good until its own end, or until the new one is first used, so a lost answer costs nothing: ask again. Of several that were given out, the last is good. 401 `station_revoked` for a station that was revoked.
         */
        post: operations["postStationsToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stations/{id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a station out of service, for good
         * @description It may still bring up what it did; then it is to forget its copy and its keys.
         */
        post: operations["postStationsByIdRevoke"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stations/{id}/journal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a copy of a station’s journal is checked against: its key, and the last event that has arrived */
        get: operations["getStationsByIdJournal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stations/{id}/events/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Settle events of a station from its rescue file
         * @description As if the station had sent them; what arrives both ways counts once. Only signed events are taken.
         */
        post: operations["postStationsByIdEventsImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign an operator in with a PIN */
        post: operations["postSessions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/office/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in with a password, and with a code where there is a second factor
         * @description The session is an HttpOnly cookie; without a code, `code_required` says that one is asked for. 401 for anything that is wrong; 429 says how long to wait.
         */
        post: operations["postOfficeSignIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/office/set-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set a password with the one-time code of an administrator; then sign in */
        post: operations["postOfficeSetUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/office/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in, and what they may do */
        get: operations["getOfficeMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/office/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where one is signed in */
        get: operations["getOfficeSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/office/sessions/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End one of one’s own sessions */
        post: operations["postOfficeSessionsByIdEnd"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/office/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign out here */
        post: operations["postOfficeSignOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/office/sign-out-everywhere": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End every session of one’s own, this one too */
        post: operations["postOfficeSignOutEverywhere"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/office/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change one’s own password; every other session ends */
        post: operations["postOfficePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/office/totp/enrol": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin with a second factor: shown once, and it counts when a code of it was confirmed */
        post: operations["postOfficeTotpEnrol"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/office/totp/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirm the second factor with a code of it; the recovery codes are shown once */
        post: operations["postOfficeTotpConfirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/office/totp/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Do without the second factor, where the role allows that */
        post: operations["postOfficeTotpRemove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/office/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** New recovery codes in place of the old, shown once */
        post: operations["postOfficeRecoveryCodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operators": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All operators */
        get: operations["getOperators"];
        put?: never;
        /** Add an operator; whoever works at the office sets a password with the one-time code */
        post: operations["postOperators"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operators/{id}/update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Another name, role or store, or leaving; the sessions of whoever may do something else now end */
        post: operations["postOperatorsByIdUpdate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operators/{id}/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A one-time code for a new password; the old one and every session end at once */
        post: operations["postOperatorsByIdReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operators/{id}/pin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The PIN that a cashier or manager signs in with at counters */
        post: operations["postOperatorsByIdPin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All keys, those that ended too */
        get: operations["getApiKeys"];
        put?: never;
        /**
         * Make a key; its token is shown once
         * @description With `search`, `redeem` or `acquire` it acts as a till of one store, which it names. The same request again, after its answer was lost, makes a new token in place of the first.
         */
        post: operations["postApiKeys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys/{id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a key, at once and for good */
        post: operations["postApiKeysByIdRevoke"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Endpoints that are told of what happens */
        get: operations["getWebhooks"];
        put?: never;
        /**
         * Make an endpoint, or replace what is said of one
         * @description A new one hears of what happens from now on. Its secret is shown once; who lost it rotates.
         */
        post: operations["postWebhooks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One endpoint */
        get: operations["getWebhooksById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give it a new secret, shown once
         * @description For `overlapHours` the old one signs as well: each message then bears two signatures.
         */
        post: operations["postWebhooksByIdRotate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send again, and go on with what waits */
        post: operations["postWebhooksByIdEnable"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send nothing until it is enabled again; what happens meanwhile waits */
        post: operations["postWebhooksByIdDisable"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Forget it, with what was on its way */
        post: operations["postWebhooksByIdRemove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send it one `webhook.test` */
        post: operations["postWebhooksByIdTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was sent to an endpoint, the latest first, and what it answered */
        get: operations["getWebhooksByIdDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send everything from a time on again
         * @description As far back as it is kept: 14 days. Messages keep their `webhook-id`.
         */
        post: operations["postWebhooksByIdReplay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every change by people, API keys and commands, newest first
         * @description Each row names the hash of the one before it; `npm run server -- audit verify` checks them all.
         */
        get: operations["getAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process runs and answers */
        get: operations["getHealthz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Requests may be sent here: the database can be written; 503 when not, and before the server ends */
        get: operations["getReadyz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Prometheus text format */
        get: operations["getMetrics"];
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
        ProblemInput: {
            type: string;
            title: string;
            status: number;
            detail?: string;
            reason?: string;
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
        };
        Problem: {
            type: string;
            title: string;
            status: number;
            detail?: string;
            reason?: string;
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
    getCampaigns: {
        parameters: {
            query?: {
                status?: "draft" | "submitted" | "changes_requested" | "rejected" | "scheduled" | "active" | "suspended" | "ended";
                waiting?: string;
                text?: string;
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        campaigns: {
                            /** Format: uuid */
                            campaignId: string;
                            version: number;
                            /** @enum {string} */
                            state: "draft" | "submitted" | "changes_requested" | "approved" | "rejected" | "suspended" | "ended";
                            /** @enum {string} */
                            phase: "none" | "scheduled" | "active" | "over";
                            /** @enum {string} */
                            status: "draft" | "submitted" | "changes_requested" | "rejected" | "scheduled" | "active" | "suspended" | "ended";
                            contentHash: string;
                            rules: {
                                rulesVersion: number;
                                title: string;
                            } & {
                                [key: string]: unknown;
                            };
                            inForce: ("approved" | "suspended" | "ended") | null;
                            proposal: {
                                version: number;
                                /** @enum {string} */
                                state: "draft" | "submitted" | "changes_requested" | "approved" | "rejected";
                                contentHash: string;
                                rules: {
                                    rulesVersion: number;
                                    title: string;
                                } & {
                                    [key: string]: unknown;
                                };
                                author: {
                                    operatorId: string;
                                    name: string;
                                };
                                /** Format: date-time */
                                createdAt: string;
                            } | null;
                        }[];
                        cursor: string | null;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postCampaigns: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    campaignId: string;
                    rules: {
                        /**
                         * @default 1
                         * @enum {number}
                         */
                        rulesVersion?: 1;
                        title: string;
                        /** @default {} */
                        titles?: {
                            [key: string]: string;
                        };
                        description?: string;
                        currency: string;
                        benefit: {
                            /** @enum {string} */
                            kind: "amount_off";
                            amount: number;
                            items?: {
                                /** @default [] */
                                gtins?: string[];
                                /** @default [] */
                                categories?: string[];
                            };
                        } | {
                            /** @enum {string} */
                            kind: "percent_off";
                            basisPoints: number;
                            cap?: number;
                            items?: {
                                /** @default [] */
                                gtins?: string[];
                                /** @default [] */
                                categories?: string[];
                            };
                        } | {
                            /** @enum {string} */
                            kind: "fixed_price";
                            price: number;
                            items: {
                                /** @default [] */
                                gtins?: string[];
                                /** @default [] */
                                categories?: string[];
                            };
                            /** @default 1 */
                            maxPieces?: number;
                        } | {
                            /** @enum {string} */
                            kind: "free_item";
                            items: {
                                /** @default [] */
                                gtins?: string[];
                                /** @default [] */
                                categories?: string[];
                            };
                            /** @default 1 */
                            pieces?: number;
                        } | {
                            /** @enum {string} */
                            kind: "buy_x_get_y";
                            buy: number;
                            get: number;
                            /** @default 10000 */
                            basisPoints?: number;
                            items: {
                                /** @default [] */
                                gtins?: string[];
                                /** @default [] */
                                categories?: string[];
                            };
                            /** @default 1 */
                            maxSets?: number;
                        };
                        /** @default [] */
                        conditions?: ({
                            /** @enum {string} */
                            kind: "items";
                            items: {
                                /** @default [] */
                                gtins?: string[];
                                /** @default [] */
                                categories?: string[];
                            };
                            /** @default 1 */
                            minPieces?: number;
                        } | {
                            /** @enum {string} */
                            kind: "excluded_items";
                            items: {
                                /** @default [] */
                                gtins?: string[];
                                /** @default [] */
                                categories?: string[];
                            };
                        } | {
                            /** @enum {string} */
                            kind: "min_spend";
                            amount: number;
                        } | {
                            /** @enum {string} */
                            kind: "stores";
                            storeIds: string[];
                        } | {
                            /** @enum {string} */
                            kind: "weekdays";
                            weekdays: number[];
                        } | {
                            /** @enum {string} */
                            kind: "hours";
                            from: string;
                            until: string;
                        } | {
                            /** @enum {string} */
                            kind: "media";
                            /** @default [] */
                            types?: ("felica-idm" | "nfc-uid" | "hce" | "barcode" | "qr" | "card-token")[];
                            /** @default [] */
                            entries?: ("tap" | "scan" | "keyed" | "lookup")[];
                        })[];
                        /**
                         * @default {
                         *       "acquisitionUses": 1,
                         *       "holderAcquisitions": 1
                         *     }
                         */
                        limits?: {
                            campaignUses?: number;
                            campaignValue?: number;
                            holderUses?: number;
                            holderPeriod?: {
                                /** @enum {string} */
                                period: "day" | "week" | "month";
                                uses: number;
                            };
                            /** @default 1 */
                            acquisitionUses?: number;
                            /** @default 1 */
                            holderAcquisitions?: number;
                            circulation?: number;
                        };
                        /**
                         * @default {
                         *       "mode": "stackable"
                         *     }
                         */
                        stacking?: {
                            /**
                             * @default stackable
                             * @enum {string}
                             */
                            mode?: "exclusive" | "stackable";
                            group?: string;
                        };
                        /** @default 0 */
                        priority?: number;
                        /** Format: date-time */
                        validFrom: string;
                        /** Format: date-time */
                        validUntil: string;
                        /**
                         * @default {
                         *       "mode": "prefer_online",
                         *       "entries": [],
                         *       "mediumTypes": []
                         *     }
                         */
                        offline?: {
                            /**
                             * @default prefer_online
                             * @enum {string}
                             */
                            mode?: "require_online" | "prefer_online";
                            maxValue?: number;
                            /** @default [] */
                            entries?: ("tap" | "scan" | "keyed" | "lookup")[];
                            /** @default [] */
                            mediumTypes?: ("felica-idm" | "nfc-uid" | "hce" | "barcode" | "qr" | "card-token")[];
                        };
                        /**
                         * @default {
                         *       "by": "anyone"
                         *     }
                         */
                        acquire?: {
                            /**
                             * @default anyone
                             * @enum {string}
                             */
                            by?: "anyone" | "code" | "given";
                            /** Format: date-time */
                            from?: string;
                            /** Format: date-time */
                            until?: string;
                            lastsDays?: number;
                        };
                        /** @default [] */
                        issue?: ({
                            /** @enum {string} */
                            on: "first_visit";
                        } | {
                            /** @enum {string} */
                            on: "redemption";
                            /** @default [] */
                            campaignIds?: string[];
                            minSpend?: number;
                        })[];
                    };
                    basedOn?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        campaignId: string;
                        version: number;
                        /** @enum {string} */
                        state: "draft" | "submitted" | "changes_requested" | "approved" | "rejected" | "suspended" | "ended";
                        /** @enum {string} */
                        phase: "none" | "scheduled" | "active" | "over";
                        /** @enum {string} */
                        status: "draft" | "submitted" | "changes_requested" | "rejected" | "scheduled" | "active" | "suspended" | "ended";
                        contentHash: string;
                        rules: {
                            rulesVersion: number;
                            title: string;
                        } & {
                            [key: string]: unknown;
                        };
                        inForce: ("approved" | "suspended" | "ended") | null;
                        proposal: {
                            version: number;
                            /** @enum {string} */
                            state: "draft" | "submitted" | "changes_requested" | "approved" | "rejected";
                            contentHash: string;
                            rules: {
                                rulesVersion: number;
                                title: string;
                            } & {
                                [key: string]: unknown;
                            };
                            author: {
                                operatorId: string;
                                name: string;
                            };
                            /** Format: date-time */
                            createdAt: string;
                        } | null;
                        decisions: {
                            position: number;
                            version: number;
                            action: "draft" | ("submit" | "approve" | "request-changes" | "reject" | "suspend" | "resume" | "end");
                            operatorId: string;
                            operatorName: string;
                            /** Format: date-time */
                            at: string;
                            contentHash: string;
                            reason?: string;
                        }[];
                        use: {
                            uses: number;
                            value: number;
                            lentUses: number;
                            lentValue: number;
                            forcedUses: number;
                            forcedValue: number;
                            issued: number;
                        };
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCampaignsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        campaignId: string;
                        version: number;
                        /** @enum {string} */
                        state: "draft" | "submitted" | "changes_requested" | "approved" | "rejected" | "suspended" | "ended";
                        /** @enum {string} */
                        phase: "none" | "scheduled" | "active" | "over";
                        /** @enum {string} */
                        status: "draft" | "submitted" | "changes_requested" | "rejected" | "scheduled" | "active" | "suspended" | "ended";
                        contentHash: string;
                        rules: {
                            rulesVersion: number;
                            title: string;
                        } & {
                            [key: string]: unknown;
                        };
                        inForce: ("approved" | "suspended" | "ended") | null;
                        proposal: {
                            version: number;
                            /** @enum {string} */
                            state: "draft" | "submitted" | "changes_requested" | "approved" | "rejected";
                            contentHash: string;
                            rules: {
                                rulesVersion: number;
                                title: string;
                            } & {
                                [key: string]: unknown;
                            };
                            author: {
                                operatorId: string;
                                name: string;
                            };
                            /** Format: date-time */
                            createdAt: string;
                        } | null;
                        decisions: {
                            position: number;
                            version: number;
                            action: "draft" | ("submit" | "approve" | "request-changes" | "reject" | "suspend" | "resume" | "end");
                            operatorId: string;
                            operatorName: string;
                            /** Format: date-time */
                            at: string;
                            contentHash: string;
                            reason?: string;
                        }[];
                        use: {
                            uses: number;
                            value: number;
                            lentUses: number;
                            lentValue: number;
                            forcedUses: number;
                            forcedValue: number;
                            issued: number;
                        };
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postCampaignsByIdSubmit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason?: string;
                    contentHash?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        campaignId: string;
                        version: number;
                        /** @enum {string} */
                        state: "draft" | "submitted" | "changes_requested" | "approved" | "rejected" | "suspended" | "ended";
                        /** @enum {string} */
                        phase: "none" | "scheduled" | "active" | "over";
                        /** @enum {string} */
                        status: "draft" | "submitted" | "changes_requested" | "rejected" | "scheduled" | "active" | "suspended" | "ended";
                        contentHash: string;
                        rules: {
                            rulesVersion: number;
                            title: string;
                        } & {
                            [key: string]: unknown;
                        };
                        inForce: ("approved" | "suspended" | "ended") | null;
                        proposal: {
                            version: number;
                            /** @enum {string} */
                            state: "draft" | "submitted" | "changes_requested" | "approved" | "rejected";
                            contentHash: string;
                            rules: {
                                rulesVersion: number;
                                title: string;
                            } & {
                                [key: string]: unknown;
                            };
                            author: {
                                operatorId: string;
                                name: string;
                            };
                            /** Format: date-time */
                            createdAt: string;
                        } | null;
                        decisions: {
                            position: number;
                            version: number;
                            action: "draft" | ("submit" | "approve" | "request-changes" | "reject" | "suspend" | "resume" | "end");
                            operatorId: string;
                            operatorName: string;
                            /** Format: date-time */
                            at: string;
                            contentHash: string;
                            reason?: string;
                        }[];
                        use: {
                            uses: number;
                            value: number;
                            lentUses: number;
                            lentValue: number;
                            forcedUses: number;
                            forcedValue: number;
                            issued: number;
                        };
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postCampaignsByIdApprove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason?: string;
                    contentHash?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        campaignId: string;
                        version: number;
                        /** @enum {string} */
                        state: "draft" | "submitted" | "changes_requested" | "approved" | "rejected" | "suspended" | "ended";
                        /** @enum {string} */
                        phase: "none" | "scheduled" | "active" | "over";
                        /** @enum {string} */
                        status: "draft" | "submitted" | "changes_requested" | "rejected" | "scheduled" | "active" | "suspended" | "ended";
                        contentHash: string;
                        rules: {
                            rulesVersion: number;
                            title: string;
                        } & {
                            [key: string]: unknown;
                        };
                        inForce: ("approved" | "suspended" | "ended") | null;
                        proposal: {
                            version: number;
                            /** @enum {string} */
                            state: "draft" | "submitted" | "changes_requested" | "approved" | "rejected";
                            contentHash: string;
                            rules: {
                                rulesVersion: number;
                                title: string;
                            } & {
                                [key: string]: unknown;
                            };
                            author: {
                                operatorId: string;
                                name: string;
                            };
                            /** Format: date-time */
                            createdAt: string;
                        } | null;
                        decisions: {
                            position: number;
                            version: number;
                            action: "draft" | ("submit" | "approve" | "request-changes" | "reject" | "suspend" | "resume" | "end");
                            operatorId: string;
                            operatorName: string;
                            /** Format: date-time */
                            at: string;
                            contentHash: string;
                            reason?: string;
                        }[];
                        use: {
                            uses: number;
                            value: number;
                            lentUses: number;
                            lentValue: number;
                            forcedUses: number;
                            forcedValue: number;
                            issued: number;
                        };
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postCampaignsByIdRequestChanges: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason?: string;
                    contentHash?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        campaignId: string;
                        version: number;
                        /** @enum {string} */
                        state: "draft" | "submitted" | "changes_requested" | "approved" | "rejected" | "suspended" | "ended";
                        /** @enum {string} */
                        phase: "none" | "scheduled" | "active" | "over";
                        /** @enum {string} */
                        status: "draft" | "submitted" | "changes_requested" | "rejected" | "scheduled" | "active" | "suspended" | "ended";
                        contentHash: string;
                        rules: {
                            rulesVersion: number;
                            title: string;
                        } & {
                            [key: string]: unknown;
                        };
                        inForce: ("approved" | "suspended" | "ended") | null;
                        proposal: {
                            version: number;
                            /** @enum {string} */
                            state: "draft" | "submitted" | "changes_requested" | "approved" | "rejected";
                            contentHash: string;
                            rules: {
                                rulesVersion: number;
                                title: string;
                            } & {
                                [key: string]: unknown;
                            };
                            author: {
                                operatorId: string;
                                name: string;
                            };
                            /** Format: date-time */
                            createdAt: string;
                        } | null;
                        decisions: {
                            position: number;
                            version: number;
                            action: "draft" | ("submit" | "approve" | "request-changes" | "reject" | "suspend" | "resume" | "end");
                            operatorId: string;
                            operatorName: string;
                            /** Format: date-time */
                            at: string;
                            contentHash: string;
                            reason?: string;
                        }[];
                        use: {
                            uses: number;
                            value: number;
                            lentUses: number;
                            lentValue: number;
                            forcedUses: number;
                            forcedValue: number;
                            issued: number;
                        };
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postCampaignsByIdReject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason?: string;
                    contentHash?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        campaignId: string;
                        version: number;
                        /** @enum {string} */
                        state: "draft" | "submitted" | "changes_requested" | "approved" | "rejected" | "suspended" | "ended";
                        /** @enum {string} */
                        phase: "none" | "scheduled" | "active" | "over";
                        /** @enum {string} */
                        status: "draft" | "submitted" | "changes_requested" | "rejected" | "scheduled" | "active" | "suspended" | "ended";
                        contentHash: string;
                        rules: {
                            rulesVersion: number;
                            title: string;
                        } & {
                            [key: string]: unknown;
                        };
                        inForce: ("approved" | "suspended" | "ended") | null;
                        proposal: {
                            version: number;
                            /** @enum {string} */
                            state: "draft" | "submitted" | "changes_requested" | "approved" | "rejected";
                            contentHash: string;
                            rules: {
                                rulesVersion: number;
                                title: string;
                            } & {
                                [key: string]: unknown;
                            };
                            author: {
                                operatorId: string;
                                name: string;
                            };
                            /** Format: date-time */
                            createdAt: string;
                        } | null;
                        decisions: {
                            position: number;
                            version: number;
                            action: "draft" | ("submit" | "approve" | "request-changes" | "reject" | "suspend" | "resume" | "end");
                            operatorId: string;
                            operatorName: string;
                            /** Format: date-time */
                            at: string;
                            contentHash: string;
                            reason?: string;
                        }[];
                        use: {
                            uses: number;
                            value: number;
                            lentUses: number;
                            lentValue: number;
                            forcedUses: number;
                            forcedValue: number;
                            issued: number;
                        };
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postCampaignsByIdSuspend: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason?: string;
                    contentHash?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        campaignId: string;
                        version: number;
                        /** @enum {string} */
                        state: "draft" | "submitted" | "changes_requested" | "approved" | "rejected" | "suspended" | "ended";
                        /** @enum {string} */
                        phase: "none" | "scheduled" | "active" | "over";
                        /** @enum {string} */
                        status: "draft" | "submitted" | "changes_requested" | "rejected" | "scheduled" | "active" | "suspended" | "ended";
                        contentHash: string;
                        rules: {
                            rulesVersion: number;
                            title: string;
                        } & {
                            [key: string]: unknown;
                        };
                        inForce: ("approved" | "suspended" | "ended") | null;
                        proposal: {
                            version: number;
                            /** @enum {string} */
                            state: "draft" | "submitted" | "changes_requested" | "approved" | "rejected";
                            contentHash: string;
                            rules: {
                                rulesVersion: number;
                                title: string;
                            } & {
                                [key: string]: unknown;
                            };
                            author: {
                                operatorId: string;
                                name: string;
                            };
                            /** Format: date-time */
                            createdAt: string;
                        } | null;
                        decisions: {
                            position: number;
                            version: number;
                            action: "draft" | ("submit" | "approve" | "request-changes" | "reject" | "suspend" | "resume" | "end");
                            operatorId: string;
                            operatorName: string;
                            /** Format: date-time */
                            at: string;
                            contentHash: string;
                            reason?: string;
                        }[];
                        use: {
                            uses: number;
                            value: number;
                            lentUses: number;
                            lentValue: number;
                            forcedUses: number;
                            forcedValue: number;
                            issued: number;
                        };
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postCampaignsByIdResume: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason?: string;
                    contentHash?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        campaignId: string;
                        version: number;
                        /** @enum {string} */
                        state: "draft" | "submitted" | "changes_requested" | "approved" | "rejected" | "suspended" | "ended";
                        /** @enum {string} */
                        phase: "none" | "scheduled" | "active" | "over";
                        /** @enum {string} */
                        status: "draft" | "submitted" | "changes_requested" | "rejected" | "scheduled" | "active" | "suspended" | "ended";
                        contentHash: string;
                        rules: {
                            rulesVersion: number;
                            title: string;
                        } & {
                            [key: string]: unknown;
                        };
                        inForce: ("approved" | "suspended" | "ended") | null;
                        proposal: {
                            version: number;
                            /** @enum {string} */
                            state: "draft" | "submitted" | "changes_requested" | "approved" | "rejected";
                            contentHash: string;
                            rules: {
                                rulesVersion: number;
                                title: string;
                            } & {
                                [key: string]: unknown;
                            };
                            author: {
                                operatorId: string;
                                name: string;
                            };
                            /** Format: date-time */
                            createdAt: string;
                        } | null;
                        decisions: {
                            position: number;
                            version: number;
                            action: "draft" | ("submit" | "approve" | "request-changes" | "reject" | "suspend" | "resume" | "end");
                            operatorId: string;
                            operatorName: string;
                            /** Format: date-time */
                            at: string;
                            contentHash: string;
                            reason?: string;
                        }[];
                        use: {
                            uses: number;
                            value: number;
                            lentUses: number;
                            lentValue: number;
                            forcedUses: number;
                            forcedValue: number;
                            issued: number;
                        };
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postCampaignsByIdEnd: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason?: string;
                    contentHash?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        campaignId: string;
                        version: number;
                        /** @enum {string} */
                        state: "draft" | "submitted" | "changes_requested" | "approved" | "rejected" | "suspended" | "ended";
                        /** @enum {string} */
                        phase: "none" | "scheduled" | "active" | "over";
                        /** @enum {string} */
                        status: "draft" | "submitted" | "changes_requested" | "rejected" | "scheduled" | "active" | "suspended" | "ended";
                        contentHash: string;
                        rules: {
                            rulesVersion: number;
                            title: string;
                        } & {
                            [key: string]: unknown;
                        };
                        inForce: ("approved" | "suspended" | "ended") | null;
                        proposal: {
                            version: number;
                            /** @enum {string} */
                            state: "draft" | "submitted" | "changes_requested" | "approved" | "rejected";
                            contentHash: string;
                            rules: {
                                rulesVersion: number;
                                title: string;
                            } & {
                                [key: string]: unknown;
                            };
                            author: {
                                operatorId: string;
                                name: string;
                            };
                            /** Format: date-time */
                            createdAt: string;
                        } | null;
                        decisions: {
                            position: number;
                            version: number;
                            action: "draft" | ("submit" | "approve" | "request-changes" | "reject" | "suspend" | "resume" | "end");
                            operatorId: string;
                            operatorName: string;
                            /** Format: date-time */
                            at: string;
                            contentHash: string;
                            reason?: string;
                        }[];
                        use: {
                            uses: number;
                            value: number;
                            lentUses: number;
                            lentValue: number;
                            forcedUses: number;
                            forcedValue: number;
                            issued: number;
                        };
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCampaignsByIdDecisions: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        decisions: {
                            position: number;
                            version: number;
                            action: "draft" | ("submit" | "approve" | "request-changes" | "reject" | "suspend" | "resume" | "end");
                            operatorId: string;
                            operatorName: string;
                            /** Format: date-time */
                            at: string;
                            contentHash: string;
                            reason?: string;
                        }[];
                        cursor: string | null;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCampaignsByIdVersions: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        versions: {
                            version: number;
                            /** @enum {string} */
                            state: "draft" | "submitted" | "changes_requested" | "approved" | "rejected";
                            contentHash: string;
                            rules: {
                                rulesVersion: number;
                                title: string;
                            } & {
                                [key: string]: unknown;
                            };
                            author: {
                                operatorId: string;
                                name: string;
                            };
                            /** Format: date-time */
                            createdAt: string;
                        }[];
                        cursor: string | null;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCampaignsByIdVersionsByVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        version: number;
                        /** @enum {string} */
                        state: "draft" | "submitted" | "changes_requested" | "approved" | "rejected";
                        contentHash: string;
                        rules: {
                            rulesVersion: number;
                            title: string;
                        } & {
                            [key: string]: unknown;
                        };
                        author: {
                            operatorId: string;
                            name: string;
                        };
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCampaignsByIdVersionsByVersionDifference: {
        parameters: {
            query?: {
                from?: number;
            };
            header?: never;
            path: {
                id: string;
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        campaignId: string;
                        from: {
                            version: number;
                            contentHash: string;
                        } | null;
                        to: {
                            version: number;
                            contentHash: string;
                        };
                        changes: {
                            path: string;
                            before?: unknown;
                            after?: unknown;
                        }[];
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postCampaignsPreview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    rules: {
                        /**
                         * @default 1
                         * @enum {number}
                         */
                        rulesVersion?: 1;
                        title: string;
                        /** @default {} */
                        titles?: {
                            [key: string]: string;
                        };
                        description?: string;
                        currency: string;
                        benefit: {
                            /** @enum {string} */
                            kind: "amount_off";
                            amount: number;
                            items?: {
                                /** @default [] */
                                gtins?: string[];
                                /** @default [] */
                                categories?: string[];
                            };
                        } | {
                            /** @enum {string} */
                            kind: "percent_off";
                            basisPoints: number;
                            cap?: number;
                            items?: {
                                /** @default [] */
                                gtins?: string[];
                                /** @default [] */
                                categories?: string[];
                            };
                        } | {
                            /** @enum {string} */
                            kind: "fixed_price";
                            price: number;
                            items: {
                                /** @default [] */
                                gtins?: string[];
                                /** @default [] */
                                categories?: string[];
                            };
                            /** @default 1 */
                            maxPieces?: number;
                        } | {
                            /** @enum {string} */
                            kind: "free_item";
                            items: {
                                /** @default [] */
                                gtins?: string[];
                                /** @default [] */
                                categories?: string[];
                            };
                            /** @default 1 */
                            pieces?: number;
                        } | {
                            /** @enum {string} */
                            kind: "buy_x_get_y";
                            buy: number;
                            get: number;
                            /** @default 10000 */
                            basisPoints?: number;
                            items: {
                                /** @default [] */
                                gtins?: string[];
                                /** @default [] */
                                categories?: string[];
                            };
                            /** @default 1 */
                            maxSets?: number;
                        };
                        /** @default [] */
                        conditions?: ({
                            /** @enum {string} */
                            kind: "items";
                            items: {
                                /** @default [] */
                                gtins?: string[];
                                /** @default [] */
                                categories?: string[];
                            };
                            /** @default 1 */
                            minPieces?: number;
                        } | {
                            /** @enum {string} */
                            kind: "excluded_items";
                            items: {
                                /** @default [] */
                                gtins?: string[];
                                /** @default [] */
                                categories?: string[];
                            };
                        } | {
                            /** @enum {string} */
                            kind: "min_spend";
                            amount: number;
                        } | {
                            /** @enum {string} */
                            kind: "stores";
                            storeIds: string[];
                        } | {
                            /** @enum {string} */
                            kind: "weekdays";
                            weekdays: number[];
                        } | {
                            /** @enum {string} */
                            kind: "hours";
                            from: string;
                            until: string;
                        } | {
                            /** @enum {string} */
                            kind: "media";
                            /** @default [] */
                            types?: ("felica-idm" | "nfc-uid" | "hce" | "barcode" | "qr" | "card-token")[];
                            /** @default [] */
                            entries?: ("tap" | "scan" | "keyed" | "lookup")[];
                        })[];
                        /**
                         * @default {
                         *       "acquisitionUses": 1,
                         *       "holderAcquisitions": 1
                         *     }
                         */
                        limits?: {
                            campaignUses?: number;
                            campaignValue?: number;
                            holderUses?: number;
                            holderPeriod?: {
                                /** @enum {string} */
                                period: "day" | "week" | "month";
                                uses: number;
                            };
                            /** @default 1 */
                            acquisitionUses?: number;
                            /** @default 1 */
                            holderAcquisitions?: number;
                            circulation?: number;
                        };
                        /**
                         * @default {
                         *       "mode": "stackable"
                         *     }
                         */
                        stacking?: {
                            /**
                             * @default stackable
                             * @enum {string}
                             */
                            mode?: "exclusive" | "stackable";
                            group?: string;
                        };
                        /** @default 0 */
                        priority?: number;
                        /** Format: date-time */
                        validFrom: string;
                        /** Format: date-time */
                        validUntil: string;
                        /**
                         * @default {
                         *       "mode": "prefer_online",
                         *       "entries": [],
                         *       "mediumTypes": []
                         *     }
                         */
                        offline?: {
                            /**
                             * @default prefer_online
                             * @enum {string}
                             */
                            mode?: "require_online" | "prefer_online";
                            maxValue?: number;
                            /** @default [] */
                            entries?: ("tap" | "scan" | "keyed" | "lookup")[];
                            /** @default [] */
                            mediumTypes?: ("felica-idm" | "nfc-uid" | "hce" | "barcode" | "qr" | "card-token")[];
                        };
                        /**
                         * @default {
                         *       "by": "anyone"
                         *     }
                         */
                        acquire?: {
                            /**
                             * @default anyone
                             * @enum {string}
                             */
                            by?: "anyone" | "code" | "given";
                            /** Format: date-time */
                            from?: string;
                            /** Format: date-time */
                            until?: string;
                            lastsDays?: number;
                        };
                        /** @default [] */
                        issue?: ({
                            /** @enum {string} */
                            on: "first_visit";
                        } | {
                            /** @enum {string} */
                            on: "redemption";
                            /** @default [] */
                            campaignIds?: string[];
                            minSpend?: number;
                        })[];
                    };
                    storeId: string;
                    baskets?: {
                        name: string;
                        objective: {
                            currency: string;
                            /** @default true */
                            taxIncluded?: boolean;
                            items: {
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
                            }[];
                            total: number;
                            /** Format: date-time */
                            at?: string;
                        };
                    }[];
                    /**
                     * @default felica-idm
                     * @enum {string}
                     */
                    mediumType?: "felica-idm" | "nfc-uid" | "hce" | "barcode" | "qr" | "card-token";
                    /**
                     * @default tap
                     * @enum {string}
                     */
                    entry?: "tap" | "scan" | "keyed" | "lookup";
                    /** Format: date-time */
                    at?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        at: string;
                        currency: string;
                        results: {
                            name: string;
                            names: {
                                [key: string]: string;
                            };
                            total: number;
                            lines: {
                                lineId: string;
                                label: string;
                                quantity: {
                                    value: number;
                                    scale: number;
                                };
                                lineTotal: number;
                            }[];
                            outcome: {
                                /** @enum {string} */
                                status: "usable";
                                discount: {
                                    total: number;
                                    allocations: {
                                        lineId: string;
                                        amount: number;
                                    }[];
                                };
                            } | {
                                /** @enum {string} */
                                status: "unusable";
                                reason: string;
                                /** @enum {string} */
                                reasonGroup: "customer" | "campaign" | "medium" | "offline" | "staff" | "integration";
                                params: {
                                    [key: string]: string | number | boolean;
                                };
                            };
                        }[];
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postAcquisitions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    acquisitionId: string;
                    /** Format: uuid */
                    campaignId?: string;
                    code?: string;
                    medium: {
                        /** @enum {string} */
                        type?: "felica-idm" | "nfc-uid" | "hce" | "barcode" | "qr" | "card-token";
                        keys: {
                            v: number;
                            key: string;
                        }[];
                    } | {
                        /** @enum {string} */
                        type: "felica-idm" | "nfc-uid" | "hce" | "barcode" | "qr" | "card-token";
                        identifier: string;
                    };
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        acquisitionId: string;
                        /** @enum {string} */
                        status: "acquired";
                        changeSeq: number;
                        /** Format: uuid */
                        campaignId?: string;
                        /** Format: date-time */
                        expiresAt?: string;
                    } | {
                        /** Format: uuid */
                        acquisitionId: string;
                        /** @enum {string} */
                        status: "refused";
                        reason: string;
                        /** @enum {string} */
                        reasonGroup: "customer" | "campaign" | "medium" | "offline" | "staff" | "integration";
                        /** @default {} */
                        params: {
                            [key: string]: string | number | boolean;
                        };
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postHoldersByIdAcquisitions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    acquisitionId: string;
                    /** Format: uuid */
                    campaignId: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        acquisitionId: string;
                        /** @enum {string} */
                        status: "acquired";
                        changeSeq: number;
                        /** Format: uuid */
                        campaignId?: string;
                        /** Format: date-time */
                        expiresAt?: string;
                    } | {
                        /** Format: uuid */
                        acquisitionId: string;
                        /** @enum {string} */
                        status: "refused";
                        reason: string;
                        /** @enum {string} */
                        reasonGroup: "customer" | "campaign" | "medium" | "offline" | "staff" | "integration";
                        /** @default {} */
                        params: {
                            [key: string]: string | number | boolean;
                        };
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postHoldings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    medium: {
                        /** @enum {string} */
                        type?: "felica-idm" | "nfc-uid" | "hce" | "barcode" | "qr" | "card-token";
                        keys: {
                            v: number;
                            key: string;
                        }[];
                    } | {
                        /** @enum {string} */
                        type: "felica-idm" | "nfc-uid" | "hce" | "barcode" | "qr" | "card-token";
                        identifier: string;
                    };
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        known: boolean;
                        held: {
                            /** Format: uuid */
                            acquisitionId: string;
                            /** Format: uuid */
                            campaignId: string;
                            title: string;
                            /** @default {} */
                            titles: {
                                [key: string]: string;
                            };
                            description?: string;
                            usesLeft: number;
                            /** Format: date-time */
                            expiresAt: string;
                            /** Format: date-time */
                            usableFrom?: string;
                            reason?: string;
                            /** @enum {string} */
                            reasonGroup?: "customer" | "campaign" | "medium" | "offline" | "staff" | "integration";
                        }[];
                        takeable: {
                            /** Format: uuid */
                            campaignId: string;
                            title: string;
                            /** @default {} */
                            titles: {
                                [key: string]: string;
                            };
                            description?: string;
                            /** Format: date-time */
                            takeUntil: string;
                            /** Format: date-time */
                            usableUntil: string;
                            lastsDays?: number;
                        }[];
                        /** Format: date-time */
                        asOf: string;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCampaignsByIdCodeLists: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        lists: {
                            /** Format: uuid */
                            listId: string;
                            /** Format: uuid */
                            campaignId: string;
                            name: string;
                            usesPerCode: number;
                            until: string | null;
                            madeBy: string;
                            madeByName: string | null;
                            /** Format: date-time */
                            madeAt: string;
                            codes: number;
                            redeemed: number;
                        }[];
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postCampaignsByIdCodeLists: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    listId: string;
                    name: string;
                    /** @default 1 */
                    usesPerCode?: number;
                    /** Format: date-time */
                    until?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        listId: string;
                        /** Format: uuid */
                        campaignId: string;
                        name: string;
                        usesPerCode: number;
                        until: string | null;
                        madeBy: string;
                        madeByName: string | null;
                        /** Format: date-time */
                        madeAt: string;
                        codes: number;
                        redeemed: number;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postCodeListsByIdCodes: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    first: number;
                    count: number;
                } | {
                    codes: string[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        listId: string;
                        added: number;
                        repeated: number;
                        unusable: number[];
                        codes?: string[];
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAcquisitionImports: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        imports: {
                            /** Format: uuid */
                            importId: string;
                            /** @enum {string} */
                            state: "open" | "finished" | "cancelled";
                            dryRun: boolean;
                            campaignId: string | null;
                            storeId: string | null;
                            nextRow: number;
                            rows: number | null;
                            acquired: number;
                            bad: number;
                            reasons: {
                                [key: string]: number;
                            };
                            startedBy: string;
                            startedByName: string | null;
                            /** Format: date-time */
                            startedAt: string;
                            endedAt: string | null;
                        }[];
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postAcquisitionImports: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    importId: string;
                    header: string;
                    /** Format: uuid */
                    campaignId?: string;
                    storeId?: string;
                    /** @default false */
                    dryRun?: boolean;
                    rows?: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        importId: string;
                        /** @enum {string} */
                        state: "open" | "finished" | "cancelled";
                        dryRun: boolean;
                        campaignId: string | null;
                        storeId: string | null;
                        nextRow: number;
                        rows: number | null;
                        acquired: number;
                        bad: number;
                        reasons: {
                            [key: string]: number;
                        };
                        startedBy: string;
                        startedByName: string | null;
                        /** Format: date-time */
                        startedAt: string;
                        endedAt: string | null;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAcquisitionImportsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        importId: string;
                        /** @enum {string} */
                        state: "open" | "finished" | "cancelled";
                        dryRun: boolean;
                        campaignId: string | null;
                        storeId: string | null;
                        nextRow: number;
                        rows: number | null;
                        acquired: number;
                        bad: number;
                        reasons: {
                            [key: string]: number;
                        };
                        startedBy: string;
                        startedByName: string | null;
                        /** Format: date-time */
                        startedAt: string;
                        endedAt: string | null;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postAcquisitionImportsByIdRows: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    firstRow: number;
                    lines: string[];
                    /** @default false */
                    last?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        importId: string;
                        /** @enum {string} */
                        state: "open" | "finished" | "cancelled";
                        dryRun: boolean;
                        campaignId: string | null;
                        storeId: string | null;
                        nextRow: number;
                        rows: number | null;
                        acquired: number;
                        bad: number;
                        reasons: {
                            [key: string]: number;
                        };
                        startedBy: string;
                        startedByName: string | null;
                        /** Format: date-time */
                        startedAt: string;
                        endedAt: string | null;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postAcquisitionImportsByIdCancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        importId: string;
                        /** @enum {string} */
                        state: "open" | "finished" | "cancelled";
                        dryRun: boolean;
                        campaignId: string | null;
                        storeId: string | null;
                        nextRow: number;
                        rows: number | null;
                        acquired: number;
                        bad: number;
                        reasons: {
                            [key: string]: number;
                        };
                        startedBy: string;
                        startedByName: string | null;
                        /** Format: date-time */
                        startedAt: string;
                        endedAt: string | null;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAcquisitionImportsByIdReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postPhoneCodes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    medium: {
                        /** @enum {string} */
                        type?: "felica-idm" | "nfc-uid" | "hce" | "barcode" | "qr" | "card-token";
                        keys: {
                            v: number;
                            key: string;
                        }[];
                    } | {
                        /** @enum {string} */
                        type: "felica-idm" | "nfc-uid" | "hce" | "barcode" | "qr" | "card-token";
                        identifier: string;
                    };
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        code: string;
                        /** Format: date-time */
                        expiresAt: string;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postMySession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
                    phone?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        expiresAt: string;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMyCoupons: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        known: boolean;
                        held: {
                            /** Format: uuid */
                            acquisitionId: string;
                            /** Format: uuid */
                            campaignId: string;
                            title: string;
                            /** @default {} */
                            titles: {
                                [key: string]: string;
                            };
                            description?: string;
                            usesLeft: number;
                            /** Format: date-time */
                            expiresAt: string;
                            /** Format: date-time */
                            usableFrom?: string;
                            reason?: string;
                            /** @enum {string} */
                            reasonGroup?: "customer" | "campaign" | "medium" | "offline" | "staff" | "integration";
                        }[];
                        takeable: {
                            /** Format: uuid */
                            campaignId: string;
                            title: string;
                            /** @default {} */
                            titles: {
                                [key: string]: string;
                            };
                            description?: string;
                            /** Format: date-time */
                            takeUntil: string;
                            /** Format: date-time */
                            usableUntil: string;
                            lastsDays?: number;
                        }[];
                        /** Format: date-time */
                        asOf: string;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postMyAcquisitions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    acquisitionId: string;
                    /** Format: uuid */
                    campaignId?: string;
                    code?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        acquisitionId: string;
                        /** @enum {string} */
                        status: "acquired";
                        changeSeq: number;
                        /** Format: uuid */
                        campaignId?: string;
                        /** Format: date-time */
                        expiresAt?: string;
                    } | {
                        /** Format: uuid */
                        acquisitionId: string;
                        /** @enum {string} */
                        status: "refused";
                        reason: string;
                        /** @enum {string} */
                        reasonGroup: "customer" | "campaign" | "medium" | "offline" | "staff" | "integration";
                        /** @default {} */
                        params: {
                            [key: string]: string | number | boolean;
                        };
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postMyStaffCode: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        code: string;
                        /** Format: date-time */
                        expiresAt: string;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postMySignOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        done: true;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postMediaPresentations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    medium: {
                        /** @enum {string} */
                        type?: "felica-idm" | "nfc-uid" | "hce" | "barcode" | "qr" | "card-token";
                        keys: {
                            v: number;
                            key: string;
                        }[];
                    } | {
                        /** @enum {string} */
                        type: "felica-idm" | "nfc-uid" | "hce" | "barcode" | "qr" | "card-token";
                        identifier: string;
                    };
                    /** @enum {string} */
                    entry: "tap" | "scan";
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        presentation: string;
                        /** Format: date-time */
                        expiresAt: string;
                        known: boolean;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postMediaLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    actionId: string;
                    presentations: [
                        string,
                        string
                    ];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        actionId: string;
                        holderId: string;
                        media: {
                            mediumId: string;
                            /** @enum {string} */
                            type: "felica-idm" | "nfc-uid" | "hce" | "barcode" | "qr" | "card-token";
                            blocked: boolean;
                        }[];
                        changeSeq: number;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postMediaBlock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    actionId: string;
                    medium: {
                        mediumId: string;
                    } | {
                        presentation: string;
                    };
                    /** @default true */
                    blocked?: boolean;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        actionId: string;
                        holderId: string;
                        media: {
                            mediumId: string;
                            /** @enum {string} */
                            type: "felica-idm" | "nfc-uid" | "hce" | "barcode" | "qr" | "card-token";
                            blocked: boolean;
                        }[];
                        changeSeq: number;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postMediaTransfer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    actionId: string;
                    from: {
                        mediumId: string;
                    };
                    to: {
                        presentation: string;
                    };
                    proof: {
                        reason: string;
                    } | {
                        presentation: string;
                    };
                    /** @default false */
                    merge?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        actionId: string;
                        holderId: string;
                        media: {
                            mediumId: string;
                            /** @enum {string} */
                            type: "felica-idm" | "nfc-uid" | "hce" | "barcode" | "qr" | "card-token";
                            blocked: boolean;
                        }[];
                        changeSeq: number;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postHoldersFind: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    presentation: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        holderId: string;
                        mediumId: string | null;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHoldersById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        holderId: string;
                        /** Format: date-time */
                        createdAt: string;
                        media: {
                            mediumId: string;
                            /** @enum {string} */
                            type: "felica-idm" | "nfc-uid" | "hce" | "barcode" | "qr" | "card-token";
                            blocked: boolean;
                        }[];
                        coupons: {
                            /** Format: uuid */
                            acquisitionId: string;
                            /** Format: uuid */
                            campaignId: string;
                            title: string;
                            /** @default {} */
                            titles: {
                                [key: string]: string;
                            };
                            description?: string;
                            usesLeft: number;
                            /** Format: date-time */
                            expiresAt: string;
                            /** Format: date-time */
                            usableFrom?: string;
                            reason?: string;
                            /** @enum {string} */
                            reasonGroup?: "customer" | "campaign" | "medium" | "offline" | "staff" | "integration";
                        }[];
                        phones: number;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHoldersByIdExport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        exportedAt: string;
                        holder: {
                            holderId: string;
                            /** Format: date-time */
                            createdAt: string;
                        };
                        media: {
                            mediumId: string;
                            /** @enum {string} */
                            type: "felica-idm" | "nfc-uid" | "hce" | "barcode" | "qr" | "card-token";
                            blocked: boolean;
                        }[];
                        acquisitions: {
                            acquisitionId: string;
                            campaignId: string;
                            title: string;
                            /** Format: date-time */
                            acquiredAt: string;
                            expiresAt: string | null;
                            usesLeft: number;
                            revoked: boolean;
                        }[];
                        redemptions: {
                            redemptionId: string;
                            storeId: string;
                            /** Format: date-time */
                            at: string;
                            state: string;
                            lines: {
                                acquisitionId: string;
                                campaignId: string;
                                discount: number;
                                state: string;
                            }[];
                        }[];
                        usage: {
                            campaignId: string;
                            period: string;
                            uses: number;
                        }[];
                        phones: {
                            /** Format: date-time */
                            until: string;
                        }[];
                        visits: {
                            storeId: string;
                            /** Format: date */
                            lastDay: string;
                        }[];
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postHoldersByIdSignOutPhones: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        signedOut: number;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postHoldersByIdErase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    actionId: string;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        actionId: string;
                        holderId: string;
                        erased: {
                            media: number;
                            acquisitions: number;
                            redemptions: number;
                        };
                        changeSeq: number;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSettingsRetention: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @default null */
                        inactiveHolderDays: number | null;
                        /** @default 120 */
                        eventBodyDays: number;
                        /** @default 30 */
                        importReportDays: number;
                        /** @default 1825 */
                        holderActionDays: number;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postSettingsRetention: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default null */
                    inactiveHolderDays?: number | null;
                    /** @default 120 */
                    eventBodyDays?: number;
                    /** @default 30 */
                    importReportDays?: number;
                    /** @default 1825 */
                    holderActionDays?: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @default null */
                        inactiveHolderDays: number | null;
                        /** @default 120 */
                        eventBodyDays: number;
                        /** @default 30 */
                        importReportDays: number;
                        /** @default 1825 */
                        holderActionDays: number;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postSearch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    medium: {
                        /** @enum {string} */
                        type?: "felica-idm" | "nfc-uid" | "hce" | "barcode" | "qr" | "card-token";
                        keys: {
                            v: number;
                            key: string;
                        }[];
                    } | {
                        /** @enum {string} */
                        type: "felica-idm" | "nfc-uid" | "hce" | "barcode" | "qr" | "card-token";
                        identifier: string;
                    };
                    objective: {
                        currency: string;
                        /** @default true */
                        taxIncluded?: boolean;
                        items: {
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
                        }[];
                        total: number;
                        /** Format: date-time */
                        at?: string;
                    };
                    /**
                     * @default tap
                     * @enum {string}
                     */
                    entry?: "tap" | "scan" | "keyed" | "lookup";
                    select?: {
                        acquisitionIds: string[];
                    } | "best";
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        usable: {
                            /** Format: uuid */
                            acquisitionId: string;
                            /** Format: uuid */
                            campaignId: string;
                            campaignVersion: number;
                            title: string;
                            /** @default {} */
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
                            usesLeft: number;
                            expiresAt: string | null;
                            group?: string;
                            /** @default false */
                            exclusive: boolean;
                        }[];
                        unusable: {
                            /** Format: uuid */
                            acquisitionId?: string;
                            /** Format: uuid */
                            campaignId?: string;
                            title: string;
                            /** @default {} */
                            titles: {
                                [key: string]: string;
                            };
                            reason: string;
                            /** @enum {string} */
                            reasonGroup: "customer" | "campaign" | "medium" | "offline" | "staff" | "integration";
                            /** @default {} */
                            params: {
                                [key: string]: string | number | boolean;
                            };
                        }[];
                        best: {
                            lines: {
                                /** Format: uuid */
                                acquisitionId: string;
                                discount: {
                                    total: number;
                                    allocations: {
                                        lineId: string;
                                        amount: number;
                                    }[];
                                };
                            }[];
                            totalDiscount: number;
                            exact: boolean;
                        }[];
                        selection?: {
                            /** @enum {string} */
                            status: "approvable";
                            lines: {
                                /** Format: uuid */
                                acquisitionId: string;
                                discount: {
                                    total: number;
                                    allocations: {
                                        lineId: string;
                                        amount: number;
                                    }[];
                                };
                            }[];
                            totalDiscount: number;
                        } | {
                            /** @enum {string} */
                            status: "refused";
                            reason: string;
                            /** @enum {string} */
                            reasonGroup: "customer" | "campaign" | "medium" | "offline" | "staff" | "integration";
                            /** @default {} */
                            params: {
                                [key: string]: string | number | boolean;
                            };
                            failingAcquisitionId: string | null;
                            bestRemaining: {
                                lines: {
                                    /** Format: uuid */
                                    acquisitionId: string;
                                    discount: {
                                        total: number;
                                        allocations: {
                                            lineId: string;
                                            amount: number;
                                        }[];
                                    };
                                }[];
                                totalDiscount: number;
                                exact: boolean;
                            };
                        };
                        /** Format: date-time */
                        asOf: string;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRedemptions: {
        parameters: {
            query?: {
                from?: string;
                until?: string;
                storeId?: string;
                stationId?: string;
                campaignId?: string;
                outcome?: "approved" | "forced" | "rolled_back" | "refused";
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        redemptions: {
                            redemptionId: string;
                            /** Format: date-time */
                            at: string;
                            /** Format: date */
                            day: string;
                            storeId: string;
                            storeName: string;
                            currency: string;
                            stationId: string;
                            stationName: string;
                            /** @enum {string} */
                            outcome: "approved" | "forced" | "rolled_back" | "refused";
                            /** @enum {string} */
                            origin: "online" | "offline";
                            entry: ("tap" | "scan" | "keyed" | "lookup") | null;
                            operatorName: string | null;
                            saleId: string | null;
                            reason: string | null;
                            reasonGroup: ("customer" | "campaign" | "medium" | "offline" | "staff" | "integration") | null;
                            totalDiscount: number;
                            lines: {
                                campaignId: string;
                                title: string;
                                titles: {
                                    [key: string]: string;
                                };
                                discount: number;
                                /** @enum {string} */
                                state: "counted" | "forced" | "rolled_back";
                            }[];
                        }[];
                        cursor: string | null;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postRedemptions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    redemptionId: string;
                    medium: {
                        /** @enum {string} */
                        type?: "felica-idm" | "nfc-uid" | "hce" | "barcode" | "qr" | "card-token";
                        keys: {
                            v: number;
                            key: string;
                        }[];
                    } | {
                        /** @enum {string} */
                        type: "felica-idm" | "nfc-uid" | "hce" | "barcode" | "qr" | "card-token";
                        identifier: string;
                    };
                    objective: {
                        currency: string;
                        /** @default true */
                        taxIncluded?: boolean;
                        items: {
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
                        }[];
                        total: number;
                        /** Format: date-time */
                        at?: string;
                    };
                    select: {
                        acquisitionIds: string[];
                    } | "best";
                    expectedTotalDiscount?: number;
                    saleRef?: {
                        posId: string;
                        saleId: string;
                        revision: number;
                    };
                    operatorId?: string;
                    /**
                     * @default tap
                     * @enum {string}
                     */
                    entry?: "tap" | "scan" | "keyed" | "lookup";
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ({
                        /** Format: uuid */
                        redemptionId: string;
                        changeSeq: number;
                        /** @enum {string} */
                        status: "approved";
                        lines: {
                            /** Format: uuid */
                            acquisitionId: string;
                            discount: {
                                total: number;
                                allocations: {
                                    lineId: string;
                                    amount: number;
                                }[];
                            };
                        }[];
                        totalDiscount: number;
                    } | {
                        /** Format: uuid */
                        redemptionId: string;
                        changeSeq: number;
                        /** @enum {string} */
                        status: "refused";
                        reason: string;
                        /** @enum {string} */
                        reasonGroup: "customer" | "campaign" | "medium" | "offline" | "staff" | "integration";
                        /** @default {} */
                        params: {
                            [key: string]: string | number | boolean;
                        };
                        lines: {
                            /** Format: uuid */
                            acquisitionId: string;
                            discount: {
                                total: number;
                                allocations: {
                                    lineId: string;
                                    amount: number;
                                }[];
                            };
                        }[];
                        totalDiscount: number;
                        /** @default null */
                        failingAcquisitionId: string | null;
                        bestRemaining?: {
                            lines: {
                                /** Format: uuid */
                                acquisitionId: string;
                                discount: {
                                    total: number;
                                    allocations: {
                                        lineId: string;
                                        amount: number;
                                    }[];
                                };
                            }[];
                            totalDiscount: number;
                            exact: boolean;
                        };
                        fresh?: {
                            usable: {
                                /** Format: uuid */
                                acquisitionId: string;
                                /** Format: uuid */
                                campaignId: string;
                                campaignVersion: number;
                                title: string;
                                /** @default {} */
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
                                usesLeft: number;
                                expiresAt: string | null;
                                group?: string;
                                /** @default false */
                                exclusive: boolean;
                            }[];
                            unusable: {
                                /** Format: uuid */
                                acquisitionId?: string;
                                /** Format: uuid */
                                campaignId?: string;
                                title: string;
                                /** @default {} */
                                titles: {
                                    [key: string]: string;
                                };
                                reason: string;
                                /** @enum {string} */
                                reasonGroup: "customer" | "campaign" | "medium" | "offline" | "staff" | "integration";
                                /** @default {} */
                                params: {
                                    [key: string]: string | number | boolean;
                                };
                            }[];
                            best: {
                                lines: {
                                    /** Format: uuid */
                                    acquisitionId: string;
                                    discount: {
                                        total: number;
                                        allocations: {
                                            lineId: string;
                                            amount: number;
                                        }[];
                                    };
                                }[];
                                totalDiscount: number;
                                exact: boolean;
                            }[];
                            selection?: {
                                /** @enum {string} */
                                status: "approvable";
                                lines: {
                                    /** Format: uuid */
                                    acquisitionId: string;
                                    discount: {
                                        total: number;
                                        allocations: {
                                            lineId: string;
                                            amount: number;
                                        }[];
                                    };
                                }[];
                                totalDiscount: number;
                            } | {
                                /** @enum {string} */
                                status: "refused";
                                reason: string;
                                /** @enum {string} */
                                reasonGroup: "customer" | "campaign" | "medium" | "offline" | "staff" | "integration";
                                /** @default {} */
                                params: {
                                    [key: string]: string | number | boolean;
                                };
                                failingAcquisitionId: string | null;
                                bestRemaining: {
                                    lines: {
                                        /** Format: uuid */
                                        acquisitionId: string;
                                        discount: {
                                            total: number;
                                            allocations: {
                                                lineId: string;
                                                amount: number;
                                            }[];
                                        };
                                    }[];
                                    totalDiscount: number;
                                    exact: boolean;
                                };
                            };
                            /** Format: date-time */
                            asOf: string;
                        };
                    }) & {
                        /** @enum {string} */
                        state: "active" | "rolled_back" | "held";
                        /** Format: date-time */
                        holdUntil?: string;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRedemptionsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ({
                        /** Format: uuid */
                        redemptionId: string;
                        changeSeq: number;
                        /** @enum {string} */
                        status: "approved";
                        lines: {
                            /** Format: uuid */
                            acquisitionId: string;
                            discount: {
                                total: number;
                                allocations: {
                                    lineId: string;
                                    amount: number;
                                }[];
                            };
                        }[];
                        totalDiscount: number;
                    } | {
                        /** Format: uuid */
                        redemptionId: string;
                        changeSeq: number;
                        /** @enum {string} */
                        status: "refused";
                        reason: string;
                        /** @enum {string} */
                        reasonGroup: "customer" | "campaign" | "medium" | "offline" | "staff" | "integration";
                        /** @default {} */
                        params: {
                            [key: string]: string | number | boolean;
                        };
                        lines: {
                            /** Format: uuid */
                            acquisitionId: string;
                            discount: {
                                total: number;
                                allocations: {
                                    lineId: string;
                                    amount: number;
                                }[];
                            };
                        }[];
                        totalDiscount: number;
                        /** @default null */
                        failingAcquisitionId: string | null;
                        bestRemaining?: {
                            lines: {
                                /** Format: uuid */
                                acquisitionId: string;
                                discount: {
                                    total: number;
                                    allocations: {
                                        lineId: string;
                                        amount: number;
                                    }[];
                                };
                            }[];
                            totalDiscount: number;
                            exact: boolean;
                        };
                        fresh?: {
                            usable: {
                                /** Format: uuid */
                                acquisitionId: string;
                                /** Format: uuid */
                                campaignId: string;
                                campaignVersion: number;
                                title: string;
                                /** @default {} */
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
                                usesLeft: number;
                                expiresAt: string | null;
                                group?: string;
                                /** @default false */
                                exclusive: boolean;
                            }[];
                            unusable: {
                                /** Format: uuid */
                                acquisitionId?: string;
                                /** Format: uuid */
                                campaignId?: string;
                                title: string;
                                /** @default {} */
                                titles: {
                                    [key: string]: string;
                                };
                                reason: string;
                                /** @enum {string} */
                                reasonGroup: "customer" | "campaign" | "medium" | "offline" | "staff" | "integration";
                                /** @default {} */
                                params: {
                                    [key: string]: string | number | boolean;
                                };
                            }[];
                            best: {
                                lines: {
                                    /** Format: uuid */
                                    acquisitionId: string;
                                    discount: {
                                        total: number;
                                        allocations: {
                                            lineId: string;
                                            amount: number;
                                        }[];
                                    };
                                }[];
                                totalDiscount: number;
                                exact: boolean;
                            }[];
                            selection?: {
                                /** @enum {string} */
                                status: "approvable";
                                lines: {
                                    /** Format: uuid */
                                    acquisitionId: string;
                                    discount: {
                                        total: number;
                                        allocations: {
                                            lineId: string;
                                            amount: number;
                                        }[];
                                    };
                                }[];
                                totalDiscount: number;
                            } | {
                                /** @enum {string} */
                                status: "refused";
                                reason: string;
                                /** @enum {string} */
                                reasonGroup: "customer" | "campaign" | "medium" | "offline" | "staff" | "integration";
                                /** @default {} */
                                params: {
                                    [key: string]: string | number | boolean;
                                };
                                failingAcquisitionId: string | null;
                                bestRemaining: {
                                    lines: {
                                        /** Format: uuid */
                                        acquisitionId: string;
                                        discount: {
                                            total: number;
                                            allocations: {
                                                lineId: string;
                                                amount: number;
                                            }[];
                                        };
                                    }[];
                                    totalDiscount: number;
                                    exact: boolean;
                                };
                            };
                            /** Format: date-time */
                            asOf: string;
                        };
                    }) & {
                        /** @enum {string} */
                        state: "active" | "rolled_back" | "held";
                        /** Format: date-time */
                        holdUntil?: string;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postRedemptionsByIdRollback: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    rollbackId: string;
                    reason: string;
                    operatorId?: string;
                    acquisitionIds?: string[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        rollbackId: string;
                        /** Format: uuid */
                        redemptionId: string;
                        /** @enum {string} */
                        state: "active" | "rolled_back" | "held";
                        rolledBack: string[];
                        changeSeq: number;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRedemptionsCsv: {
        parameters: {
            query?: {
                from?: string;
                until?: string;
                storeId?: string;
                stationId?: string;
                campaignId?: string;
                outcome?: "approved" | "forced" | "rolled_back" | "refused";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReportsDays: {
        parameters: {
            query: {
                from: string;
                until: string;
                campaignId?: string;
                storeId?: string;
                currency?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date */
                        from: string;
                        /** Format: date */
                        until: string;
                        currency: string;
                        currencies: string[];
                        days: {
                            issued: number;
                            acquired: number;
                            redeemed: number;
                            discount: number;
                            forced: number;
                            forcedDiscount: number;
                            rolledBack: number;
                            expired: number;
                            /** Format: date */
                            day: string;
                        }[];
                        total: {
                            issued: number;
                            acquired: number;
                            redeemed: number;
                            discount: number;
                            forced: number;
                            forcedDiscount: number;
                            rolledBack: number;
                            expired: number;
                        };
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReportsDaysCsv: {
        parameters: {
            query: {
                from: string;
                until: string;
                campaignId?: string;
                storeId?: string;
                currency?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReportsStores: {
        parameters: {
            query: {
                from: string;
                until: string;
                campaignId?: string;
                storeId?: string;
                currency?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date */
                        from: string;
                        /** Format: date */
                        until: string;
                        currency: string;
                        currencies: string[];
                        stores: {
                            issued: number;
                            acquired: number;
                            redeemed: number;
                            discount: number;
                            forced: number;
                            forcedDiscount: number;
                            rolledBack: number;
                            expired: number;
                            storeId: string;
                            name: string;
                        }[];
                        total: {
                            issued: number;
                            acquired: number;
                            redeemed: number;
                            discount: number;
                            forced: number;
                            forcedDiscount: number;
                            rolledBack: number;
                            expired: number;
                        };
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReportsStoresCsv: {
        parameters: {
            query: {
                from: string;
                until: string;
                campaignId?: string;
                storeId?: string;
                currency?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReportsCampaigns: {
        parameters: {
            query: {
                from: string;
                until: string;
                campaignId?: string;
                storeId?: string;
                currency?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date */
                        from: string;
                        /** Format: date */
                        until: string;
                        currency: string;
                        currencies: string[];
                        campaigns: {
                            issued: number;
                            acquired: number;
                            redeemed: number;
                            discount: number;
                            forced: number;
                            forcedDiscount: number;
                            rolledBack: number;
                            expired: number;
                            campaignId: string;
                            title: string;
                            titles: {
                                [key: string]: string;
                            };
                            currency: string | null;
                            use: {
                                uses: number;
                                value: number;
                                lentUses: number;
                                lentValue: number;
                                forcedUses: number;
                                forcedValue: number;
                                issued: number;
                            };
                            budget: {
                                campaignUses: number | null;
                                campaignValue: number | null;
                                circulation: number | null;
                            };
                        }[];
                        total: {
                            issued: number;
                            acquired: number;
                            redeemed: number;
                            discount: number;
                            forced: number;
                            forcedDiscount: number;
                            rolledBack: number;
                            expired: number;
                        };
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReportsCampaignsCsv: {
        parameters: {
            query: {
                from: string;
                until: string;
                campaignId?: string;
                storeId?: string;
                currency?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStores: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        stores: {
                            storeId: string;
                            name: string;
                            timeZone: string;
                            currency: string;
                        }[];
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        stations: {
                            stationId: string;
                            name: string;
                            /** @enum {string} */
                            role: "counter" | "registration";
                            storeId: string;
                            storeName: string;
                            /** @enum {string} */
                            state: "announced" | "enrolled" | "revoked";
                            /** Format: date-time */
                            announcedAt: string;
                            codeExpiresAt: string | null;
                            enrolledAt: string | null;
                            revokedAt: string | null;
                            seenAt: string | null;
                            program: string | null;
                            keepsJournal: boolean;
                            settledThrough: number;
                        }[];
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postStations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    storeId: string;
                    name: string;
                    /**
                     * @default counter
                     * @enum {string}
                     */
                    role?: "counter" | "registration";
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        stationId: string;
                        code: string;
                        /** Format: date-time */
                        expiresAt: string;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStoresByIdSettings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        storeId: string;
                        version: number;
                        values: {
                            /**
                             * @default machine
                             * @enum {string}
                             */
                            language: "machine" | "en" | "ja" | "de" | "ar";
                            /**
                             * @default system
                             * @enum {string}
                             */
                            theme: "system" | "light" | "dark";
                            /** @default 100 */
                            volume: number;
                            /** @default false */
                            oneTap: boolean;
                            /** @default 180 */
                            idleSeconds: number;
                            /** @default true */
                            slips: boolean;
                            /** @default null */
                            printer: {
                                host: string;
                                port: number;
                                columns: number;
                            } | null;
                            /** @default true */
                            customerDisplay: boolean;
                            /** @default null */
                            categories: string[] | null;
                            /**
                             * @default [
                             *       "pcsc",
                             *       "hid",
                             *       "serial",
                             *       "wedge"
                             *     ]
                             */
                            readers: ("pcsc" | "hid" | "serial" | "wedge")[];
                        };
                        fixed: ("language" | "theme" | "volume" | "oneTap" | "idleSeconds" | "slips" | "printer" | "customerDisplay" | "categories" | "readers")[];
                        by: string | null;
                        at: string | null;
                        stations: {
                            stationId: string;
                            name: string;
                            difference: {
                                /** @default 0 */
                                version: number;
                                /** @default {} */
                                values: {
                                    /** @enum {string} */
                                    language?: "machine" | "en" | "ja" | "de" | "ar";
                                    /** @enum {string} */
                                    theme?: "system" | "light" | "dark";
                                    volume?: number;
                                    oneTap?: boolean;
                                    idleSeconds?: number;
                                    slips?: boolean;
                                    printer?: {
                                        host: string;
                                        port: number;
                                        columns: number;
                                    } | null;
                                    customerDisplay?: boolean;
                                    categories?: string[] | null;
                                    readers?: ("pcsc" | "hid" | "serial" | "wedge")[];
                                };
                                /** @default {} */
                                marks: {
                                    [key: string]: "fixed" | "free";
                                };
                            };
                            by: string | null;
                            at: string | null;
                            version: string;
                            hasVersion: string | null;
                        }[];
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postStoresByIdSettings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    basedOn: number;
                    values: {
                        /** @enum {string} */
                        language: "machine" | "en" | "ja" | "de" | "ar";
                        /** @enum {string} */
                        theme: "system" | "light" | "dark";
                        volume: number;
                        oneTap: boolean;
                        idleSeconds: number;
                        slips: boolean;
                        printer: {
                            host: string;
                            port: number;
                            columns: number;
                        } | null;
                        customerDisplay: boolean;
                        categories: string[] | null;
                        readers: ("pcsc" | "hid" | "serial" | "wedge")[];
                    };
                    fixed: ("language" | "theme" | "volume" | "oneTap" | "idleSeconds" | "slips" | "printer" | "customerDisplay" | "categories" | "readers")[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        storeId: string;
                        version: number;
                        values: {
                            /**
                             * @default machine
                             * @enum {string}
                             */
                            language: "machine" | "en" | "ja" | "de" | "ar";
                            /**
                             * @default system
                             * @enum {string}
                             */
                            theme: "system" | "light" | "dark";
                            /** @default 100 */
                            volume: number;
                            /** @default false */
                            oneTap: boolean;
                            /** @default 180 */
                            idleSeconds: number;
                            /** @default true */
                            slips: boolean;
                            /** @default null */
                            printer: {
                                host: string;
                                port: number;
                                columns: number;
                            } | null;
                            /** @default true */
                            customerDisplay: boolean;
                            /** @default null */
                            categories: string[] | null;
                            /**
                             * @default [
                             *       "pcsc",
                             *       "hid",
                             *       "serial",
                             *       "wedge"
                             *     ]
                             */
                            readers: ("pcsc" | "hid" | "serial" | "wedge")[];
                        };
                        fixed: ("language" | "theme" | "volume" | "oneTap" | "idleSeconds" | "slips" | "printer" | "customerDisplay" | "categories" | "readers")[];
                        by: string | null;
                        at: string | null;
                        stations: {
                            stationId: string;
                            name: string;
                            difference: {
                                /** @default 0 */
                                version: number;
                                /** @default {} */
                                values: {
                                    /** @enum {string} */
                                    language?: "machine" | "en" | "ja" | "de" | "ar";
                                    /** @enum {string} */
                                    theme?: "system" | "light" | "dark";
                                    volume?: number;
                                    oneTap?: boolean;
                                    idleSeconds?: number;
                                    slips?: boolean;
                                    printer?: {
                                        host: string;
                                        port: number;
                                        columns: number;
                                    } | null;
                                    customerDisplay?: boolean;
                                    categories?: string[] | null;
                                    readers?: ("pcsc" | "hid" | "serial" | "wedge")[];
                                };
                                /** @default {} */
                                marks: {
                                    [key: string]: "fixed" | "free";
                                };
                            };
                            by: string | null;
                            at: string | null;
                            version: string;
                            hasVersion: string | null;
                        }[];
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postStationsByIdSettings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default {} */
                    values?: {
                        /** @enum {string} */
                        language?: "machine" | "en" | "ja" | "de" | "ar";
                        /** @enum {string} */
                        theme?: "system" | "light" | "dark";
                        volume?: number;
                        oneTap?: boolean;
                        idleSeconds?: number;
                        slips?: boolean;
                        printer?: {
                            host: string;
                            port: number;
                            columns: number;
                        } | null;
                        customerDisplay?: boolean;
                        categories?: string[] | null;
                        readers?: ("pcsc" | "hid" | "serial" | "wedge")[];
                    };
                    /** @default {} */
                    marks?: {
                        [key: string]: "fixed" | "free";
                    };
                    basedOn: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        storeId: string;
                        version: number;
                        values: {
                            /**
                             * @default machine
                             * @enum {string}
                             */
                            language: "machine" | "en" | "ja" | "de" | "ar";
                            /**
                             * @default system
                             * @enum {string}
                             */
                            theme: "system" | "light" | "dark";
                            /** @default 100 */
                            volume: number;
                            /** @default false */
                            oneTap: boolean;
                            /** @default 180 */
                            idleSeconds: number;
                            /** @default true */
                            slips: boolean;
                            /** @default null */
                            printer: {
                                host: string;
                                port: number;
                                columns: number;
                            } | null;
                            /** @default true */
                            customerDisplay: boolean;
                            /** @default null */
                            categories: string[] | null;
                            /**
                             * @default [
                             *       "pcsc",
                             *       "hid",
                             *       "serial",
                             *       "wedge"
                             *     ]
                             */
                            readers: ("pcsc" | "hid" | "serial" | "wedge")[];
                        };
                        fixed: ("language" | "theme" | "volume" | "oneTap" | "idleSeconds" | "slips" | "printer" | "customerDisplay" | "categories" | "readers")[];
                        by: string | null;
                        at: string | null;
                        stations: {
                            stationId: string;
                            name: string;
                            difference: {
                                /** @default 0 */
                                version: number;
                                /** @default {} */
                                values: {
                                    /** @enum {string} */
                                    language?: "machine" | "en" | "ja" | "de" | "ar";
                                    /** @enum {string} */
                                    theme?: "system" | "light" | "dark";
                                    volume?: number;
                                    oneTap?: boolean;
                                    idleSeconds?: number;
                                    slips?: boolean;
                                    printer?: {
                                        host: string;
                                        port: number;
                                        columns: number;
                                    } | null;
                                    customerDisplay?: boolean;
                                    categories?: string[] | null;
                                    readers?: ("pcsc" | "hid" | "serial" | "wedge")[];
                                };
                                /** @default {} */
                                marks: {
                                    [key: string]: "fixed" | "free";
                                };
                            };
                            by: string | null;
                            at: string | null;
                            version: string;
                            hasVersion: string | null;
                        }[];
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getConflicts: {
        parameters: {
            query?: {
                state?: "open" | "resolved";
                kind?: "forced" | "quarantined";
                storeId?: string;
                stationId?: string;
                campaignId?: string;
                reason?: string;
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        conflicts: {
                            conflictId: string;
                            /** @enum {string} */
                            kind: "forced" | "quarantined";
                            /** @enum {string} */
                            state: "open" | "resolved";
                            storeId: string;
                            storeName: string;
                            stationId: string;
                            stationName: string;
                            /** Format: date-time */
                            openedAt: string;
                            happenedAt: string | null;
                            reason: string;
                            /** @enum {string} */
                            reasonGroup: "customer" | "campaign" | "medium" | "offline" | "staff" | "integration";
                            eventId: string | null;
                            seq: number | null;
                            redemptionId: string | null;
                            acquisitionId: string | null;
                            campaignId: string | null;
                            title: string;
                            /** @default {} */
                            titles: {
                                [key: string]: string;
                            };
                            discount: number | null;
                            currency: string;
                            operator: {
                                operatorId: string;
                                name: string;
                            } | null;
                            resolution: {
                                /** @enum {string} */
                                outcome: "accepted" | "rolled_back" | "written_off" | "covered" | "settled";
                                /** Format: date-time */
                                at: string;
                                by: {
                                    operatorId: string;
                                    name: string;
                                } | null;
                                reason: string | null;
                            } | null;
                        }[];
                        cursor: string | null;
                        open: number;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getConflictsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        conflictId: string;
                        /** @enum {string} */
                        kind: "forced" | "quarantined";
                        /** @enum {string} */
                        state: "open" | "resolved";
                        storeId: string;
                        storeName: string;
                        stationId: string;
                        stationName: string;
                        /** Format: date-time */
                        openedAt: string;
                        happenedAt: string | null;
                        reason: string;
                        /** @enum {string} */
                        reasonGroup: "customer" | "campaign" | "medium" | "offline" | "staff" | "integration";
                        eventId: string | null;
                        seq: number | null;
                        redemptionId: string | null;
                        acquisitionId: string | null;
                        campaignId: string | null;
                        title: string;
                        /** @default {} */
                        titles: {
                            [key: string]: string;
                        };
                        discount: number | null;
                        currency: string;
                        operator: {
                            operatorId: string;
                            name: string;
                        } | null;
                        resolution: {
                            /** @enum {string} */
                            outcome: "accepted" | "rolled_back" | "written_off" | "covered" | "settled";
                            /** Format: date-time */
                            at: string;
                            by: {
                                operatorId: string;
                                name: string;
                            } | null;
                            reason: string | null;
                        } | null;
                        station: {
                            type: string | null;
                            stationAt: string | null;
                            correctedAt: string | null;
                            /** Format: date-time */
                            receivedAt: string;
                            decided: ("offline" | "online") | null;
                            entry: ("tap" | "scan" | "keyed" | "lookup") | null;
                            mediumType: ("felica-idm" | "nfc-uid" | "hce" | "barcode" | "qr" | "card-token") | null;
                            lines: {
                                acquisitionId: string;
                                discount: number;
                                leased: boolean;
                                title: string;
                            }[];
                            totalDiscount: number | null;
                        };
                        server: {
                            coupon: {
                                usesLeft: number;
                                expiresAt: string | null;
                                revoked: boolean;
                            } | null;
                            campaign: {
                                state: string;
                                uses: number;
                                value: number;
                                forcedUses: number;
                                forcedValue: number;
                                limits: {
                                    [key: string]: string | number | boolean;
                                };
                            } | null;
                            uses: {
                                redemptionId: string;
                                acquisitionId: string;
                                sameCoupon: boolean;
                                storeId: string;
                                stationId: string;
                                stationName: string;
                                /** Format: date-time */
                                at: string;
                                /** @enum {string} */
                                origin: "online" | "offline";
                                /** @enum {string} */
                                state: "counted" | "forced" | "rolled_back";
                                discount: number;
                            }[];
                        };
                        history: {
                            /** @enum {string} */
                            action: "opened" | "accepted" | "rolled_back" | "written_off" | "covered" | "settled";
                            /** Format: date-time */
                            at: string;
                            by: {
                                operatorId: string;
                                name: string;
                            } | null;
                            reason: string | null;
                        }[];
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postConflictsByIdResolve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    resolutionId: string;
                    /** @enum {string} */
                    resolution: "accepted" | "rolled_back" | "written_off";
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        conflictId: string;
                        /** @enum {string} */
                        kind: "forced" | "quarantined";
                        /** @enum {string} */
                        state: "open" | "resolved";
                        storeId: string;
                        storeName: string;
                        stationId: string;
                        stationName: string;
                        /** Format: date-time */
                        openedAt: string;
                        happenedAt: string | null;
                        reason: string;
                        /** @enum {string} */
                        reasonGroup: "customer" | "campaign" | "medium" | "offline" | "staff" | "integration";
                        eventId: string | null;
                        seq: number | null;
                        redemptionId: string | null;
                        acquisitionId: string | null;
                        campaignId: string | null;
                        title: string;
                        /** @default {} */
                        titles: {
                            [key: string]: string;
                        };
                        discount: number | null;
                        currency: string;
                        operator: {
                            operatorId: string;
                            name: string;
                        } | null;
                        resolution: {
                            /** @enum {string} */
                            outcome: "accepted" | "rolled_back" | "written_off" | "covered" | "settled";
                            /** Format: date-time */
                            at: string;
                            by: {
                                operatorId: string;
                                name: string;
                            } | null;
                            reason: string | null;
                        } | null;
                        station: {
                            type: string | null;
                            stationAt: string | null;
                            correctedAt: string | null;
                            /** Format: date-time */
                            receivedAt: string;
                            decided: ("offline" | "online") | null;
                            entry: ("tap" | "scan" | "keyed" | "lookup") | null;
                            mediumType: ("felica-idm" | "nfc-uid" | "hce" | "barcode" | "qr" | "card-token") | null;
                            lines: {
                                acquisitionId: string;
                                discount: number;
                                leased: boolean;
                                title: string;
                            }[];
                            totalDiscount: number | null;
                        };
                        server: {
                            coupon: {
                                usesLeft: number;
                                expiresAt: string | null;
                                revoked: boolean;
                            } | null;
                            campaign: {
                                state: string;
                                uses: number;
                                value: number;
                                forcedUses: number;
                                forcedValue: number;
                                limits: {
                                    [key: string]: string | number | boolean;
                                };
                            } | null;
                            uses: {
                                redemptionId: string;
                                acquisitionId: string;
                                sameCoupon: boolean;
                                storeId: string;
                                stationId: string;
                                stationName: string;
                                /** Format: date-time */
                                at: string;
                                /** @enum {string} */
                                origin: "online" | "offline";
                                /** @enum {string} */
                                state: "counted" | "forced" | "rolled_back";
                                discount: number;
                            }[];
                        };
                        history: {
                            /** @enum {string} */
                            action: "opened" | "accepted" | "rolled_back" | "written_off" | "covered" | "settled";
                            /** Format: date-time */
                            at: string;
                            by: {
                                operatorId: string;
                                name: string;
                            } | null;
                            reason: string | null;
                        }[];
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postSyncEvents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    events: unknown[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: {
                            seq: number | null;
                            id: string | null;
                            /** @enum {string} */
                            status: "confirmed" | "forced" | "quarantined" | "retry";
                            reason?: string;
                            /** @enum {string} */
                            reasonGroup?: "customer" | "campaign" | "medium" | "offline" | "staff" | "integration";
                            lines: {
                                acquisitionId: string;
                                /** @enum {string} */
                                status: "confirmed" | "forced" | "quarantined" | "retry";
                                reason?: string;
                                /** @enum {string} */
                                reasonGroup?: "customer" | "campaign" | "medium" | "offline" | "staff" | "integration";
                                leaseRefunded?: boolean;
                            }[];
                        }[];
                        changeSeq: number;
                        /** @enum {string} */
                        station?: "revoked";
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSyncChanges: {
        parameters: {
            query?: {
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        changes: ({
                            kind: string;
                            changeSeq: number;
                        } & {
                            [key: string]: unknown;
                        })[];
                        cursor: string;
                        more: boolean;
                        changeSeq?: number;
                        journalThrough?: number;
                        /** Format: date-time */
                        asOf: string;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSyncSnapshot: {
        parameters: {
            query?: {
                atLeast?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Default Response */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postSyncLeases: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    leaseId: string;
                    /** Format: uuid */
                    campaignId: string;
                    wantUses: number;
                    wantValue?: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        leaseId: string;
                        uses: number;
                        value?: number;
                        /** Format: date-time */
                        spendUntil: string;
                        /**
                         * @default out
                         * @enum {string}
                         */
                        state: "out" | "recalled" | "returned" | "written_off";
                        reason?: string;
                        /** @enum {string} */
                        reasonGroup?: "customer" | "campaign" | "medium" | "offline" | "staff" | "integration";
                        params?: {
                            [key: string]: string | number | boolean;
                        };
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postSyncLeasesByIdReturn: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    throughSeq: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        leaseId: string;
                        /** @enum {string} */
                        state: "out" | "recalled" | "returned" | "written_off";
                        uses: number;
                        value?: number;
                        changeSeq: number;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getLeases: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        leases: {
                            /** Format: uuid */
                            leaseId: string;
                            /** Format: uuid */
                            campaignId: string;
                            stationId: string;
                            stationName: string;
                            storeId: string;
                            /** @enum {string} */
                            state: "out" | "recalled" | "returned" | "written_off";
                            uses: number;
                            value: number | null;
                            drawnUses: number;
                            drawnValue: number;
                            /** Format: date-time */
                            lentAt: string;
                            /** Format: date-time */
                            spendUntil: string;
                            recalledAt: string | null;
                            ended: {
                                /** Format: date-time */
                                at: string;
                                operatorId: string | null;
                                reason: string | null;
                            } | null;
                        }[];
                        cursor: string | null;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postLeasesByIdWriteOff: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        leaseId: string;
                        /** @enum {string} */
                        state: "out" | "recalled" | "returned" | "written_off";
                        uses: number;
                        value?: number;
                        changeSeq: number;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postStationsByIdWriteOff: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        stationId: string;
                        leases: {
                            /** Format: uuid */
                            leaseId: string;
                            /** @enum {string} */
                            state: "out" | "recalled" | "returned" | "written_off";
                            uses: number;
                            value?: number;
                            changeSeq: number;
                        }[];
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getEvents: {
        parameters: {
            query?: {
                types?: string;
            };
            header?: {
                "last-event-id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A stream without an end */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postStationsEnrolPreview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
                    /** @enum {number} */
                    handshakeVersion: 1;
                    publicKey?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        stationName: string;
                        storeName: string;
                        /** @enum {string} */
                        role: "counter" | "registration";
                        /** Format: date-time */
                        codeExpiresAt: string;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postStationsEnrol: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
                    publicKey: string;
                    /** @enum {number} */
                    handshakeVersion: 1;
                    proof?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        stationId: string;
                        token: string;
                        store: {
                            storeId: string;
                            name: string;
                            timeZone: string;
                            currency: string;
                            /** @default 0 */
                            businessDayStartHour: number;
                        };
                        /** @enum {string} */
                        role: "counter" | "registration";
                        settings: {
                            /**
                             * @default {
                             *       "version": "0",
                             *       "values": {
                             *         "language": "machine",
                             *         "theme": "system",
                             *         "volume": 100,
                             *         "oneTap": false,
                             *         "idleSeconds": 180,
                             *         "slips": true,
                             *         "printer": null,
                             *         "customerDisplay": true,
                             *         "categories": null,
                             *         "readers": [
                             *           "pcsc",
                             *           "hid",
                             *           "serial",
                             *           "wedge"
                             *         ]
                             *       },
                             *       "fixed": []
                             *     }
                             */
                            counter: {
                                /** @default 0 */
                                version: string;
                                /**
                                 * @default {
                                 *       "language": "machine",
                                 *       "theme": "system",
                                 *       "volume": 100,
                                 *       "oneTap": false,
                                 *       "idleSeconds": 180,
                                 *       "slips": true,
                                 *       "printer": null,
                                 *       "customerDisplay": true,
                                 *       "categories": null,
                                 *       "readers": [
                                 *         "pcsc",
                                 *         "hid",
                                 *         "serial",
                                 *         "wedge"
                                 *       ]
                                 *     }
                                 */
                                values: {
                                    /**
                                     * @default machine
                                     * @enum {string}
                                     */
                                    language: "machine" | "en" | "ja" | "de" | "ar";
                                    /**
                                     * @default system
                                     * @enum {string}
                                     */
                                    theme: "system" | "light" | "dark";
                                    /** @default 100 */
                                    volume: number;
                                    /** @default false */
                                    oneTap: boolean;
                                    /** @default 180 */
                                    idleSeconds: number;
                                    /** @default true */
                                    slips: boolean;
                                    /** @default null */
                                    printer: {
                                        host: string;
                                        port: number;
                                        columns: number;
                                    } | null;
                                    /** @default true */
                                    customerDisplay: boolean;
                                    /** @default null */
                                    categories: string[] | null;
                                    /**
                                     * @default [
                                     *       "pcsc",
                                     *       "hid",
                                     *       "serial",
                                     *       "wedge"
                                     *     ]
                                     */
                                    readers: ("pcsc" | "hid" | "serial" | "wedge")[];
                                };
                                /** @default [] */
                                fixed: string[];
                            };
                            /** @default 120 */
                            undoWindowSeconds: number;
                            /** @default false */
                            acceptNonUniqueUids: boolean;
                            /** @default [] */
                            membershipRules: {
                                /** @default  */
                                prefix: string;
                                /** @default 1 */
                                minLength: number;
                                /** @default 128 */
                                maxLength: number;
                                /**
                                 * @default none
                                 * @enum {string}
                                 */
                                checkDigit: "none" | "gtin";
                                ai?: string;
                            }[];
                            /**
                             * @default {
                             *       "activityDays": null,
                             *       "maxHolders": 300000
                             *     }
                             */
                            replica: {
                                /** @default null */
                                activityDays: number | null;
                                /** @default 300000 */
                                maxHolders: number;
                            };
                            /**
                             * @default {
                             *       "mode": "prefer_online",
                             *       "maxStoredCount": 500,
                             *       "maxStoredValue": 500000,
                             *       "maxReplicaAgeHours": 72,
                             *       "entries": [
                             *         "tap",
                             *         "scan"
                             *       ],
                             *       "mediumTypes": [],
                             *       "override": {
                             *         "maxMinutes": 240,
                             *         "forceOffline": true,
                             *         "raisePercent": 100
                             *       }
                             *     }
                             */
                            offline: {
                                /**
                                 * @default prefer_online
                                 * @enum {string}
                                 */
                                mode: "require_online" | "prefer_online";
                                maxValue?: number;
                                /** @default 500 */
                                maxStoredCount: number;
                                /** @default 500000 */
                                maxStoredValue: number;
                                /** @default 72 */
                                maxReplicaAgeHours: number;
                                /**
                                 * @default [
                                 *       "tap",
                                 *       "scan"
                                 *     ]
                                 */
                                entries: ("tap" | "scan" | "keyed" | "lookup")[];
                                /** @default [] */
                                mediumTypes: ("felica-idm" | "nfc-uid" | "hce" | "barcode" | "qr" | "card-token")[];
                                /**
                                 * @default {
                                 *       "maxMinutes": 240,
                                 *       "forceOffline": true,
                                 *       "raisePercent": 100
                                 *     }
                                 */
                                override: {
                                    /** @default 240 */
                                    maxMinutes: number;
                                    /** @default true */
                                    forceOffline: boolean;
                                    /** @default 100 */
                                    raisePercent: number;
                                };
                            };
                        };
                        mediumHashKeys: {
                            v: number;
                            key: string;
                        }[];
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postStationsChallenge: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        challenge: string;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postStationsToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    stationId: string;
                    challenge: string;
                    signature: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        token: string;
                        lastsSeconds: number;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postStationsByIdRevoke: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        stationId: string;
                        /** @enum {string} */
                        state: "revoked";
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStationsByIdJournal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        stationId: string;
                        publicKey: string | null;
                        last: {
                            seq: number;
                            hash: string;
                        } | null;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postStationsByIdEventsImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    events: unknown[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: {
                            seq: number | null;
                            id: string | null;
                            /** @enum {string} */
                            status: "confirmed" | "forced" | "quarantined" | "retry";
                            reason?: string;
                            /** @enum {string} */
                            reasonGroup?: "customer" | "campaign" | "medium" | "offline" | "staff" | "integration";
                            lines: {
                                acquisitionId: string;
                                /** @enum {string} */
                                status: "confirmed" | "forced" | "quarantined" | "retry";
                                reason?: string;
                                /** @enum {string} */
                                reasonGroup?: "customer" | "campaign" | "medium" | "offline" | "staff" | "integration";
                                leaseRefunded?: boolean;
                            }[];
                        }[];
                        changeSeq: number;
                        /** @enum {string} */
                        station?: "revoked";
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    pin: string;
                    minutes?: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        token: string;
                        operator: {
                            operatorId: string;
                            name: string;
                            /** @enum {string} */
                            role: "cashier" | "manager" | "planner" | "approver" | "auditor" | "admin";
                        };
                        /** Format: date-time */
                        expiresAt: string;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOfficeSignIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    password: string;
                    code?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "signed_in";
                        me: {
                            operator: {
                                operatorId: string;
                                name: string;
                                /** @enum {string} */
                                role: "cashier" | "manager" | "planner" | "approver" | "auditor" | "admin";
                                storeId: string | null;
                            };
                            session: {
                                sessionId: string;
                                /** Format: date-time */
                                expiresAt: string;
                                idleUntil: string | null;
                            };
                            /** @enum {string} */
                            secondFactor: "off" | "on" | "required";
                            recoveryCodesLeft: number;
                            may: string[];
                        };
                    } | {
                        /** @enum {string} */
                        status: "code_required";
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOfficeSetUp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        name: string;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOfficeMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        operator: {
                            operatorId: string;
                            name: string;
                            /** @enum {string} */
                            role: "cashier" | "manager" | "planner" | "approver" | "auditor" | "admin";
                            storeId: string | null;
                        };
                        session: {
                            sessionId: string;
                            /** Format: date-time */
                            expiresAt: string;
                            idleUntil: string | null;
                        };
                        /** @enum {string} */
                        secondFactor: "off" | "on" | "required";
                        recoveryCodesLeft: number;
                        may: string[];
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOfficeSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        sessions: {
                            sessionId: string;
                            /** @enum {string} */
                            kind: "cookie" | "bearer";
                            /** Format: date-time */
                            openedAt: string;
                            /** Format: date-time */
                            seenAt: string;
                            /** Format: date-time */
                            expiresAt: string;
                            agent: string | null;
                            current: boolean;
                        }[];
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOfficeSessionsByIdEnd: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "done";
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOfficeSignOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "done";
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOfficeSignOutEverywhere: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "done";
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOfficePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    current: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "done";
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOfficeTotpEnrol: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    current: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        secret: string;
                        uri: string;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOfficeTotpConfirm: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        recoveryCodes: string[];
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOfficeTotpRemove: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    current: string;
                    code: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "done";
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOfficeRecoveryCodes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        recoveryCodes: string[];
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOperators: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        operators: {
                            operatorId: string;
                            name: string;
                            /** @enum {string} */
                            role: "cashier" | "manager" | "planner" | "approver" | "auditor" | "admin";
                            storeId: string | null;
                            active: boolean;
                            hasPin: boolean;
                            hasPassword: boolean;
                            /** @enum {string} */
                            secondFactor: "off" | "on" | "required";
                            locked: boolean;
                            setUpUntil: string | null;
                            lastSignInAt: string | null;
                        }[];
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOperators: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    operatorId: string;
                    name: string;
                    /** @enum {string} */
                    role: "cashier" | "manager" | "planner" | "approver" | "auditor" | "admin";
                    /** @default null */
                    storeId?: string | null;
                    pin?: string;
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        operator: {
                            operatorId: string;
                            name: string;
                            /** @enum {string} */
                            role: "cashier" | "manager" | "planner" | "approver" | "auditor" | "admin";
                            storeId: string | null;
                            active: boolean;
                            hasPin: boolean;
                            hasPassword: boolean;
                            /** @enum {string} */
                            secondFactor: "off" | "on" | "required";
                            locked: boolean;
                            setUpUntil: string | null;
                            lastSignInAt: string | null;
                        };
                        setUp: {
                            code: string;
                            /** Format: date-time */
                            expiresAt: string;
                        } | null;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOperatorsByIdUpdate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    /** @enum {string} */
                    role?: "cashier" | "manager" | "planner" | "approver" | "auditor" | "admin";
                    storeId?: string | null;
                    active?: boolean;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        operator: {
                            operatorId: string;
                            name: string;
                            /** @enum {string} */
                            role: "cashier" | "manager" | "planner" | "approver" | "auditor" | "admin";
                            storeId: string | null;
                            active: boolean;
                            hasPin: boolean;
                            hasPassword: boolean;
                            /** @enum {string} */
                            secondFactor: "off" | "on" | "required";
                            locked: boolean;
                            setUpUntil: string | null;
                            lastSignInAt: string | null;
                        };
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOperatorsByIdReset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default false */
                    secondFactor?: boolean;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        code: string;
                        /** Format: date-time */
                        expiresAt: string;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOperatorsByIdPin: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    pin: string | null;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        operator: {
                            operatorId: string;
                            name: string;
                            /** @enum {string} */
                            role: "cashier" | "manager" | "planner" | "approver" | "auditor" | "admin";
                            storeId: string | null;
                            active: boolean;
                            hasPin: boolean;
                            hasPassword: boolean;
                            /** @enum {string} */
                            secondFactor: "off" | "on" | "required";
                            locked: boolean;
                            setUpUntil: string | null;
                            lastSignInAt: string | null;
                        };
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApiKeys: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        keys: {
                            keyId: string;
                            name: string;
                            scopes: string[];
                            storeId: string | null;
                            createdBy: string;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            expiresAt: string;
                            lastUsedAt: string | null;
                            /** @enum {string} */
                            state: "active" | "expired" | "revoked";
                        }[];
                        cursor: string | null;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postApiKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    keyId: string;
                    name: string;
                    scopes: ("campaigns:read" | "search" | "redeem" | "acquire" | "redemptions:read" | "reports:read" | "events:read" | "audit:read")[];
                    /** @default null */
                    storeId?: string | null;
                    /** @default 365 */
                    days?: number;
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        key: {
                            keyId: string;
                            name: string;
                            scopes: string[];
                            storeId: string | null;
                            createdBy: string;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            expiresAt: string;
                            lastUsedAt: string | null;
                            /** @enum {string} */
                            state: "active" | "expired" | "revoked";
                        };
                        token: string;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postApiKeysByIdRevoke: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        key: {
                            keyId: string;
                            name: string;
                            scopes: string[];
                            storeId: string | null;
                            createdBy: string;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            expiresAt: string;
                            lastUsedAt: string | null;
                            /** @enum {string} */
                            state: "active" | "expired" | "revoked";
                        };
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWebhooks: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        webhooks: {
                            endpointId: string;
                            url: string;
                            description: string;
                            types: string[];
                            storeId: string | null;
                            /** @enum {string} */
                            state: "enabled" | "disabled";
                            disabledWhy: ("by_hand" | "failing" | "gone") | null;
                            createdBy: string;
                            /** Format: date-time */
                            createdAt: string;
                            failingSince: string | null;
                            previousSecretUntil: string | null;
                        }[];
                        cursor: string | null;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postWebhooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    endpointId: string;
                    /** Format: uri */
                    url: string;
                    /** @default  */
                    description?: string;
                    /** @default [] */
                    types?: ("redemption.approved" | "redemption.rolled_back" | "redemption.forced" | "acquisition.issued" | "campaign.changed" | "conflict.opened" | "conflict.resolved" | "station.revoked" | "webhook.test")[];
                    /** @default null */
                    storeId?: string | null;
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        webhook: {
                            endpointId: string;
                            url: string;
                            description: string;
                            types: string[];
                            storeId: string | null;
                            /** @enum {string} */
                            state: "enabled" | "disabled";
                            disabledWhy: ("by_hand" | "failing" | "gone") | null;
                            createdBy: string;
                            /** Format: date-time */
                            createdAt: string;
                            failingSince: string | null;
                            previousSecretUntil: string | null;
                        };
                        secret: string | null;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWebhooksById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        webhook: {
                            endpointId: string;
                            url: string;
                            description: string;
                            types: string[];
                            storeId: string | null;
                            /** @enum {string} */
                            state: "enabled" | "disabled";
                            disabledWhy: ("by_hand" | "failing" | "gone") | null;
                            createdBy: string;
                            /** Format: date-time */
                            createdAt: string;
                            failingSince: string | null;
                            previousSecretUntil: string | null;
                        };
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postWebhooksByIdRotate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default 24 */
                    overlapHours?: number;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        webhook: {
                            endpointId: string;
                            url: string;
                            description: string;
                            types: string[];
                            storeId: string | null;
                            /** @enum {string} */
                            state: "enabled" | "disabled";
                            disabledWhy: ("by_hand" | "failing" | "gone") | null;
                            createdBy: string;
                            /** Format: date-time */
                            createdAt: string;
                            failingSince: string | null;
                            previousSecretUntil: string | null;
                        };
                        secret: string;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postWebhooksByIdEnable: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        webhook: {
                            endpointId: string;
                            url: string;
                            description: string;
                            types: string[];
                            storeId: string | null;
                            /** @enum {string} */
                            state: "enabled" | "disabled";
                            disabledWhy: ("by_hand" | "failing" | "gone") | null;
                            createdBy: string;
                            /** Format: date-time */
                            createdAt: string;
                            failingSince: string | null;
                            previousSecretUntil: string | null;
                        };
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postWebhooksByIdDisable: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        webhook: {
                            endpointId: string;
                            url: string;
                            description: string;
                            types: string[];
                            storeId: string | null;
                            /** @enum {string} */
                            state: "enabled" | "disabled";
                            disabledWhy: ("by_hand" | "failing" | "gone") | null;
                            createdBy: string;
                            /** Format: date-time */
                            createdAt: string;
                            failingSince: string | null;
                            previousSecretUntil: string | null;
                        };
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postWebhooksByIdRemove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        webhook: {
                            endpointId: string;
                            url: string;
                            description: string;
                            types: string[];
                            storeId: string | null;
                            /** @enum {string} */
                            state: "enabled" | "disabled";
                            disabledWhy: ("by_hand" | "failing" | "gone") | null;
                            createdBy: string;
                            /** Format: date-time */
                            createdAt: string;
                            failingSince: string | null;
                            previousSecretUntil: string | null;
                        };
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postWebhooksByIdTest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        webhook: {
                            endpointId: string;
                            url: string;
                            description: string;
                            types: string[];
                            storeId: string | null;
                            /** @enum {string} */
                            state: "enabled" | "disabled";
                            disabledWhy: ("by_hand" | "failing" | "gone") | null;
                            createdBy: string;
                            /** Format: date-time */
                            createdAt: string;
                            failingSince: string | null;
                            previousSecretUntil: string | null;
                        };
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWebhooksByIdDeliveries: {
        parameters: {
            query?: {
                state?: "waiting" | "delivered" | "given_up";
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        deliveries: {
                            noticeId: string;
                            type: string;
                            /** @enum {string} */
                            state: "waiting" | "delivered" | "given_up";
                            attempts: number;
                            nextAt: string | null;
                            lastAt: string | null;
                            status: number | null;
                            error: string | null;
                            excerpt: string | null;
                        }[];
                        cursor: string | null;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postWebhooksByIdReplay: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: date-time */
                    from: string;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        webhook: {
                            endpointId: string;
                            url: string;
                            description: string;
                            types: string[];
                            storeId: string | null;
                            /** @enum {string} */
                            state: "enabled" | "disabled";
                            disabledWhy: ("by_hand" | "failing" | "gone") | null;
                            createdBy: string;
                            /** Format: date-time */
                            createdAt: string;
                            failingSince: string | null;
                            previousSecretUntil: string | null;
                        };
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAudit: {
        parameters: {
            query?: {
                actorId?: string;
                action?: string;
                subjectId?: string;
                from?: string;
                until?: string;
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        entries: {
                            position: number;
                            /** Format: date-time */
                            at: string;
                            actor: {
                                /** @enum {string} */
                                kind: "operator" | "api_key" | "station" | "command" | "server";
                                id: string;
                                name: string | null;
                            };
                            action: string;
                            subject: {
                                kind: string;
                                id: string;
                            };
                            contentHash: string | null;
                            reason: string | null;
                            details: {
                                [key: string]: string | number | boolean | null;
                            };
                            hash: string;
                        }[];
                        cursor: string | null;
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHealthz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "ok";
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReadyz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "ok";
                    };
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Metrics */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description Malformed, unauthorised or in conflict: nothing was changed */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server failed: nothing was changed, the same request may be sent again */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
