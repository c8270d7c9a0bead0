// Generated from docs/openapi/tidegate.json by `npm run docs:openapi`; a test keeps them together.
export type paths = {
    "/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Health: landing */
        get: operations["health.landing"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/discovery": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Discovery: get
         * @description What an agent needs to know before it is anybody.
         */
        get: operations["discovery.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/gateways": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Admissions: find
         * @description What somebody at a machine calls to make it a member of a gateway that exists.
         */
        get: operations["admissions.find"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/gateways/{gatewayId}/challenges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Admissions: challenge
         * @description What somebody at a machine calls to make it a member of a gateway that exists.
         */
        post: operations["admissions.challenge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/gateways/{gatewayId}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Admissions: admit
         * @description What somebody at a machine calls to make it a member of a gateway that exists.
         */
        post: operations["admissions.admit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/heartbeats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Membership: heartbeat
         * @description What a registered member calls. Public towards the user guard only: members have tokens of their own.
         */
        post: operations["membership.heartbeat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Agent recovery: list
         * @description What a member calls about its gateway's recovery key and the other members.
         */
        get: operations["agentRecovery.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/membership": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Membership: unregister
         * @description What a registered member calls. Public towards the user guard only: members have tokens of their own.
         */
        delete: operations["membership.unregister"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/recovery/challenges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Agent recovery: challenge
         * @description What a member calls about its gateway's recovery key and the other members.
         */
        post: operations["agentRecovery.challenge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/recovery/drills": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Agent recovery: drill
         * @description What a member calls about its gateway's recovery key and the other members.
         */
        post: operations["agentRecovery.drill"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/recovery/key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Agent recovery: change key
         * @description What a member calls about its gateway's recovery key and the other members.
         */
        put: operations["agentRecovery.changeKey"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/registrations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Registrations: register */
        post: operations["registrations.register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/releases/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Agent releases: offer
         * @description What a member loads that was told to update. Public towards the user guard only: members have tokens of their own.
         */
        get: operations["agentReleases.offer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/releases/{version}/package": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Agent releases: load
         * @description What a member loads that was told to update. Public towards the user guard only: members have tokens of their own.
         */
        get: operations["agentReleases.load"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/rotations/{rotationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Agent rotations: view
         * @description What members need while the sealing key of their gateway changes.
         */
        get: operations["agentRotations.view"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/rotations/{rotationId}/credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Agent rotations: next
         * @description What members need while the sealing key of their gateway changes.
         */
        get: operations["agentRotations.next"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/rotations/{rotationId}/credentials/{connectionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Agent rotations: reseal
         * @description What members need while the sealing key of their gateway changes.
         */
        put: operations["agentRotations.reseal"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/rotations/{rotationId}/key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Agent rotations: bring
         * @description What members need while the sealing key of their gateway changes.
         */
        put: operations["agentRotations.bring"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/rotations/{rotationId}/receipts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Agent rotations: receive
         * @description What members need while the sealing key of their gateway changes.
         */
        post: operations["agentRotations.receive"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Membership: session
         * @description What a registered member calls. Public towards the user guard only: members have tokens of their own.
         */
        get: operations["membership.session"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tokens: issue
         * @description Open to all, because the signed assertion in the body says who calls.
         */
        post: operations["tokens.issue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/filesystem/{connectionId}/datasets/default/GetFileByPath": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * File paths: describe
         * @description Files and folders, named by path.
         */
        get: operations["filePaths.describe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/filesystem/{connectionId}/datasets/default/GetFileContentByPath": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * File paths: read
         * @description Files and folders, named by path.
         */
        get: operations["filePaths.read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/filesystem/{connectionId}/datasets/default/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Files: create
         * @description Files and folders, named by id. The ids are those of earlier answers.
         */
        post: operations["files.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/filesystem/{connectionId}/datasets/default/files/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Files: describe
         * @description Files and folders, named by id. The ids are those of earlier answers.
         */
        get: operations["files.describe"];
        /**
         * Files: replace
         * @description Files and folders, named by id. The ids are those of earlier answers.
         */
        put: operations["files.replace"];
        post?: never;
        /**
         * Files: remove
         * @description Files and folders, named by id. The ids are those of earlier answers.
         */
        delete: operations["files.remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/filesystem/{connectionId}/datasets/default/files/{id}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Files: read
         * @description Files and folders, named by id. The ids are those of earlier answers.
         */
        get: operations["files.read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/filesystem/{connectionId}/datasets/default/folders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Files: list root
         * @description Files and folders, named by id. The ids are those of earlier answers.
         */
        get: operations["files.listRoot"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/filesystem/{connectionId}/datasets/default/folders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Files: list
         * @description Files and folders, named by id. The ids are those of earlier answers.
         */
        get: operations["files.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/http/{connectionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Http: pass
         * @description Passes requests on to an HTTP API: method, path and query exactly as sent, and bodies as streams both ways.
         */
        get: operations["http.pass.get"];
        /**
         * Http: pass
         * @description Passes requests on to an HTTP API: method, path and query exactly as sent, and bodies as streams both ways.
         */
        put: operations["http.pass.put"];
        /**
         * Http: pass
         * @description Passes requests on to an HTTP API: method, path and query exactly as sent, and bodies as streams both ways.
         */
        post: operations["http.pass.post"];
        /**
         * Http: pass
         * @description Passes requests on to an HTTP API: method, path and query exactly as sent, and bodies as streams both ways.
         */
        delete: operations["http.pass.delete"];
        /**
         * Http: pass
         * @description Passes requests on to an HTTP API: method, path and query exactly as sent, and bodies as streams both ways.
         */
        options: operations["http.pass.options"];
        /**
         * Http: pass
         * @description Passes requests on to an HTTP API: method, path and query exactly as sent, and bodies as streams both ways.
         */
        head: operations["http.pass.head"];
        /**
         * Http: pass
         * @description Passes requests on to an HTTP API: method, path and query exactly as sent, and bodies as streams both ways.
         */
        patch: operations["http.pass.patch"];
        trace?: never;
    };
    "/apim/http/{connectionId}/{path}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Http: pass
         * @description Passes requests on to an HTTP API: method, path and query exactly as sent, and bodies as streams both ways.
         */
        get: operations["http.pass.getPath"];
        /**
         * Http: pass
         * @description Passes requests on to an HTTP API: method, path and query exactly as sent, and bodies as streams both ways.
         */
        put: operations["http.pass.putPath"];
        /**
         * Http: pass
         * @description Passes requests on to an HTTP API: method, path and query exactly as sent, and bodies as streams both ways.
         */
        post: operations["http.pass.postPath"];
        /**
         * Http: pass
         * @description Passes requests on to an HTTP API: method, path and query exactly as sent, and bodies as streams both ways.
         */
        delete: operations["http.pass.deletePath"];
        /**
         * Http: pass
         * @description Passes requests on to an HTTP API: method, path and query exactly as sent, and bodies as streams both ways.
         */
        options: operations["http.pass.optionsPath"];
        /**
         * Http: pass
         * @description Passes requests on to an HTTP API: method, path and query exactly as sent, and bodies as streams both ways.
         */
        head: operations["http.pass.headPath"];
        /**
         * Http: pass
         * @description Passes requests on to an HTTP API: method, path and query exactly as sent, and bodies as streams both ways.
         */
        patch: operations["http.pass.patchPath"];
        trace?: never;
    };
    "/apim/postgresql/{connectionId}/v2/$metadata.json/datasets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tables: dataset metadata
         * @description What a connection to a database has: its one dataset, the tables in it, and the description of each.
         */
        get: operations["tables.datasetMetadata"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/postgresql/{connectionId}/v2/$metadata.json/datasets/{dataset}/tables/{table}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tables: describe
         * @description What a connection to a database has: its one dataset, the tables in it, and the description of each.
         */
        get: operations["tables.describe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/postgresql/{connectionId}/v2/datasets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tables: list datasets
         * @description What a connection to a database has: its one dataset, the tables in it, and the description of each.
         */
        get: operations["tables.listDatasets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/postgresql/{connectionId}/v2/datasets/{dataset}/procedures/{procedure}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Query: procedure
         * @description Statements in the source's own language. They pass unread; their values travel beside them.
         */
        post: operations["query.procedure"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/postgresql/{connectionId}/v2/datasets/{dataset}/query/sql": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Query: query
         * @description Statements in the source's own language. They pass unread; their values travel beside them.
         */
        post: operations["query.query"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/postgresql/{connectionId}/v2/datasets/{dataset}/tables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tables: list
         * @description What a connection to a database has: its one dataset, the tables in it, and the description of each.
         */
        get: operations["tables.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/postgresql/{connectionId}/v2/datasets/{dataset}/tables/{table}/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Items: list
         * @description Rows of a table. Their bytes pass through as the agent wrote them.
         */
        get: operations["items.list"];
        put?: never;
        /**
         * Items: create
         * @description Rows of a table. Their bytes pass through as the agent wrote them.
         */
        post: operations["items.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/postgresql/{connectionId}/v2/datasets/{dataset}/tables/{table}/items/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Items: get
         * @description Rows of a table. Their bytes pass through as the agent wrote them.
         */
        get: operations["items.get"];
        put?: never;
        post?: never;
        /**
         * Items: remove
         * @description Rows of a table. Their bytes pass through as the agent wrote them.
         */
        delete: operations["items.remove"];
        options?: never;
        head?: never;
        /**
         * Items: update
         * @description Rows of a table. Their bytes pass through as the agent wrote them.
         */
        patch: operations["items.update"];
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Api docs: page
         * @description The description as a page.
         */
        get: operations["apiDocs.page"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Api docs: file
         * @description Scripts and styles of the page.
         */
        get: operations["apiDocs.file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Health: get
         * @description 200 while this replica can serve anybody, 503 when it cannot: a load balancer needs no more.
         */
        get: operations["health.get"];
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
        /**
         * Api docs: document
         * @description The description itself, in OpenAPI 3.1.
         */
        get: operations["apiDocs.document"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Alerts: list */
        get: operations["alerts.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alerts/{alertId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Alerts: get */
        get: operations["alerts.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alerts/{alertId}/acknowledgement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Alerts: acknowledge
         * @description Says that somebody sees to it.
         */
        post: operations["alerts.acknowledge"];
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
         * Audit: list
         * @description The record of changes and refusals.
         */
        get: operations["audit.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Audit: export
         * @description JSON lines, read from the database as fast as the caller takes them.
         */
        get: operations["audit.export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/verifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Audit: verify
         * @description The record of changes and refusals.
         */
        post: operations["audit.verify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/backup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Backup: take
         * @description A tenant's configuration as a document, and back.
         */
        get: operations["backup.take"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/backup/restorations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Backup: restore
         * @description A tenant's configuration as a document, and back.
         */
        post: operations["backup.restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Connections: list */
        get: operations["connections.list"];
        put?: never;
        /** Connections: create */
        post: operations["connections.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connections/supportedConnectionTypes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Connection types: list
         * @description What connections can lead to, and what must be said to make one.
         */
        get: operations["connectionTypes.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connections/{connectionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Connections: get */
        get: operations["connections.get"];
        put?: never;
        post?: never;
        /** Connections: remove */
        delete: operations["connections.remove"];
        options?: never;
        head?: never;
        /** Connections: update */
        patch: operations["connections.update"];
        trace?: never;
    };
    "/v1/connections/{connectionId}/environments/{environmentId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Connection environments: bind */
        put: operations["connectionEnvironments.bind"];
        post?: never;
        /** Connection environments: unbind */
        delete: operations["connectionEnvironments.unbind"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connections/{connectionId}/licences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Licences: of connection
         * @description Whose licences include the gateway.
         */
        get: operations["licences.ofConnection"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connections/{connectionId}/roleAssignments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Connection role assignments: list */
        get: operations["connectionRoleAssignments.list"];
        put?: never;
        /** Connection role assignments: assign */
        post: operations["connectionRoleAssignments.assign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connections/{connectionId}/roleAssignments/{principalId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Connection role assignments: get */
        get: operations["connectionRoleAssignments.get"];
        put?: never;
        post?: never;
        /** Connection role assignments: revoke */
        delete: operations["connectionRoleAssignments.revoke"];
        options?: never;
        head?: never;
        /** Connection role assignments: update */
        patch: operations["connectionRoleAssignments.update"];
        trace?: never;
    };
    "/v1/connections/{connectionId}/testConnection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Connections: test */
        post: operations["connections.test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Environments: list */
        get: operations["environments.list"];
        put?: never;
        /** Environments: create */
        post: operations["environments.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Environments: import
         * @description JSON or CSV. Imports all of the list or, where one line is wrong, nothing.
         */
        post: operations["environments.import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{environmentId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Environments: get */
        get: operations["environments.get"];
        put?: never;
        post?: never;
        /** Environments: remove */
        delete: operations["environments.remove"];
        options?: never;
        head?: never;
        /** Environments: change */
        patch: operations["environments.change"];
        trace?: never;
    };
    "/v1/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Explain: explain */
        post: operations["explain.explain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Gateways: list */
        get: operations["gateways.list"];
        put?: never;
        /**
         * Gateways: create
         * @description Gateways come into being when their first agent registers.
         */
        post: operations["gateways.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways/{gatewayId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Gateways: get */
        get: operations["gateways.get"];
        put?: never;
        post?: never;
        /** Gateways: remove */
        delete: operations["gateways.remove"];
        options?: never;
        head?: never;
        /** Gateways: update */
        patch: operations["gateways.update"];
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/checkStatus": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gateway status: check */
        post: operations["gatewayStatus.check"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/exposures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Recovery exposures: list
         * @description Members that somebody else got hold of, and the passwords they could have opened.
         */
        get: operations["recoveryExposures.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/exposures/{connectionId}/closure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Recovery exposures: close
         * @description Says that the password was changed at its source.
         */
        post: operations["recoveryExposures.close"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Gateway members: list
         * @description A gateway has ten members at most, hence one page: what a token leads to beyond it is empty.
         */
        get: operations["gatewayMembers.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/members/{memberId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Gateway members: remove */
        delete: operations["gatewayMembers.remove"];
        options?: never;
        head?: never;
        /** Gateway members: update */
        patch: operations["gatewayMembers.update"];
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/members/{memberId}/checkStatus": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gateway status: check member */
        post: operations["gatewayStatus.checkMember"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/members/{memberId}/compromise": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Recovery exposures: revoke
         * @description Members that somebody else got hold of, and the passwords they could have opened.
         */
        post: operations["recoveryExposures.revoke"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/members/{memberId}/drain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gateway members: drain */
        post: operations["gatewayMembers.drain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/members/{memberId}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gateway members: resume */
        post: operations["gatewayMembers.resume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/members/{memberId}/upgrade": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Releases rollouts: upgrade */
        get: operations["releasesRollouts.upgrade"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/recovery": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Recovery: get
         * @description The recovery key of a gateway, as far as its administrators need to know of it.
         */
        get: operations["recovery.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/recoveryLocks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Recovery: list locks
         * @description The recovery key of a gateway, as far as its administrators need to know of it.
         */
        get: operations["recovery.listLocks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/recoveryLocks/{callerId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Recovery: clear lock
         * @description The recovery key of a gateway, as far as its administrators need to know of it.
         */
        delete: operations["recovery.clearLock"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/restart": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Gateway status: restart
         * @description Of machines that are not ours.
         */
        post: operations["gatewayStatus.restart"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/roleAssignments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Gateway role assignments: list */
        get: operations["gatewayRoleAssignments.list"];
        put?: never;
        /** Gateway role assignments: assign */
        post: operations["gatewayRoleAssignments.assign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/roleAssignments/{principalId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Gateway role assignments: get */
        get: operations["gatewayRoleAssignments.get"];
        put?: never;
        post?: never;
        /** Gateway role assignments: revoke */
        delete: operations["gatewayRoleAssignments.revoke"];
        options?: never;
        head?: never;
        /** Gateway role assignments: update */
        patch: operations["gatewayRoleAssignments.update"];
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/rollouts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Releases rollouts: list */
        get: operations["releasesRollouts.list"];
        put?: never;
        /**
         * Releases rollouts: order
         * @description Updates members one after the other; a member that is not well afterwards goes back, and the rollout ends.
         */
        post: operations["releasesRollouts.order"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/rollouts/{rolloutId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Releases rollouts: get */
        get: operations["releasesRollouts.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/rollouts/{rolloutId}/cancellation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Releases rollouts: cancel
         * @description No further members are updated.
         */
        post: operations["releasesRollouts.cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/rotations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Rotations: list
         * @description Rotation of a gateway's sealing key: nobody enters a password again.
         */
        get: operations["rotations.list"];
        put?: never;
        /**
         * Rotations: start
         * @description Rotation of a gateway's sealing key: nobody enters a password again.
         */
        post: operations["rotations.start"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/rotations/{rotationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Rotations: get
         * @description Rotation of a gateway's sealing key: nobody enters a password again.
         */
        get: operations["rotations.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/shutdown": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gateway status: shutdown */
        post: operations["gatewayStatus.shutdown"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/upgrades": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Releases rollouts: upgrades */
        get: operations["releasesRollouts.upgrades"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/joinTokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Join tokens: list */
        get: operations["joinTokens.list"];
        put?: never;
        /**
         * Join tokens: create
         * @description The only answer that holds the token itself.
         */
        post: operations["joinTokens.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/joinTokens/{joinTokenId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Join tokens: revoke */
        delete: operations["joinTokens.revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/licences/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Licences: report
         * @description As JSON, or the same page as a table for spreadsheets; its next one is then named in the `Link` header.
         */
        get: operations["licences.report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/licences/users/{idOrUpn}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Licences: of user
         * @description Whose licences include the gateway.
         */
        get: operations["licences.ofUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/licences/users/{idOrUpn}/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Licences: look up again
         * @description Asks the directory again instead of waiting until what is known is five minutes old.
         */
        post: operations["licences.lookUpAgain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operations/{operationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Operations: get */
        get: operations["operations.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operations/{operationId}/result": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Operations: result */
        get: operations["operations.result"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/regions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Regions: list
         * @description Which regions serve which: what a registration or an environment can choose from.
         */
        get: operations["regions.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/releases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Releases: list
         * @description Open to everybody who signs in: what there is to install is no secret.
         */
        get: operations["releases.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Requests: list
         * @description What became of requests: status, sizes and time per hop, never payload.
         */
        get: operations["requests.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/requests/{traceId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Requests: get
         * @description What became of requests: status, sizes and time per hop, never payload.
         */
        get: operations["requests.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenantPolicy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tenant policy: get
         * @description Everybody may know what holds for them; who is listed is the administrators' business.
         */
        get: operations["tenantPolicy.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Tenant policy: change */
        patch: operations["tenantPolicy.change"];
        trace?: never;
    };
};
export type webhooks = Record<string, never>;
export type components = {
    schemas: {
        /** @description A failure below /v1. moreDetails holds our own code where Fabric has another name, and the details. */
        FabricError: {
            requestId: string;
            errorCode: string;
            message: string;
            isRetriable: boolean;
            /** @enum {string} */
            hop: "control-plane" | "broker" | "member" | "connector" | "source";
            /** @enum {string} */
            outcome: "not-sent" | "not-executed" | "executed" | "unknown";
            remedy: string;
            moreDetails?: {
                errorCode: string;
                message: string;
            }[];
        };
        /** @description A failure below /apim. */
        ConnectorError: {
            status: number;
            message: string;
            error: {
                code: string;
                message: string;
            };
            source: string;
            code: string;
            /** @enum {string} */
            hop: "control-plane" | "broker" | "member" | "connector" | "source";
            /** @enum {string} */
            outcome: "not-sent" | "not-executed" | "executed" | "unknown";
            retryable: boolean;
            remedy: string;
            traceId: string;
            details: {
                [key: string]: string | number;
            };
        };
        /** @description A failure below /agent, as RFC 9457 has it. */
        Problem: {
            /** Format: uri */
            type: string;
            title: string;
            status: number;
            detail: string;
            /** Format: uri */
            instance: string;
            code: string;
            /** @enum {string} */
            hop: "control-plane" | "broker" | "member" | "connector" | "source";
            /** @enum {string} */
            outcome: "not-sent" | "not-executed" | "executed" | "unknown";
            retryable: boolean;
            remedy: string;
            traceId: string;
            details: {
                [key: string]: string | number;
            };
        };
        /** @description A failure below /v1.0, /v2.0 and /subscriptions. */
        ODataError: {
            error: {
                code: string;
                message: string;
                /** @enum {string} */
                hop?: "control-plane" | "broker" | "member" | "connector" | "source";
                /** @enum {string} */
                outcome?: "not-sent" | "not-executed" | "executed" | "unknown";
                retryable?: boolean;
                remedy?: string;
                traceId?: string;
            };
        };
        AgentDiscovery: {
            issuer: string;
            version: string;
            contractVersions: number[];
            regions: {
                key: string;
                displayName: string;
                environmentRegions: string[];
            }[];
            signIn: {
                clientId: string;
                scope: string;
                deviceAuthorizationEndpoint: string;
                tokenEndpoint: string;
            };
            root: {
                generation: number;
                jwk: {
                    /** @constant */
                    kty: "EC";
                    /** @constant */
                    crv: "P-256";
                    /** Format: base64url */
                    x: string;
                    /** Format: base64url */
                    y: string;
                };
            };
        };
        AgentChallenge: {
            /** Format: uuid */
            challengeId: string;
            /** Format: base64url */
            nonce: string;
            /** @enum {string} */
            operation: "join" | "restore" | "takeover" | "drill" | "change-recovery-key";
            /** Format: uuid */
            callerId: string;
            gateway: {
                /** Format: uuid */
                id: string;
                name: string;
                region: string;
            };
            members: {
                /** Format: uuid */
                id: string;
                name: string;
                enabled: boolean;
                online: boolean;
            }[];
            kdf: {
                /** @constant */
                name: "scrypt";
                /** @constant */
                n: 131072;
                /** @constant */
                r: 8;
                /** @constant */
                p: 1;
                /** Format: base64url */
                salt: string;
            };
            /** Format: date-time */
            expiresAt: string;
        };
        AgentAdmission: {
            /** Format: uuid */
            tenantId: string;
            /** Format: uuid */
            gatewayId: string;
            /** Format: uuid */
            memberId: string;
            region: string;
            issuer: string;
            root: {
                generation: number;
                jwk: {
                    /** @constant */
                    kty: "EC";
                    /** @constant */
                    crv: "P-256";
                    /** Format: base64url */
                    x: string;
                    /** Format: base64url */
                    y: string;
                };
            };
            gatewayName: string;
            sealingKey: {
                /** Format: base64 */
                modulus: string;
                /** Format: base64 */
                exponent: string;
            };
            /** Format: base64url */
            bundle: string;
            olderBundles?: string[];
            /** Format: base64url */
            proofKey: string;
        };
        AgentHeartbeat: {
            /** Format: date-time */
            serverTime: string;
            epoch: number;
            enabled: boolean;
            receiveReads: boolean;
            newestVersion: string;
            directive?: {
                jws: string;
                certificate: string;
            };
        };
        AgentMembers: {
            members: {
                /** Format: uuid */
                id: string;
                name: string;
                keys: {
                    /** Format: base64url */
                    identity: string;
                    /** Format: base64url */
                    receiving: string;
                };
                /** Format: base64url */
                certificate?: string;
            }[];
            /** Format: base64url */
            proofKey: string;
            handovers: {
                /** Format: base64url */
                proofKey: string;
                /** Format: base64url */
                recoveryKey: string;
                /** Format: base64url */
                salt: string;
                /** Format: base64url */
                signature: string;
            }[];
        };
        AgentRegistration: {
            /** Format: uuid */
            tenantId: string;
            /** Format: uuid */
            gatewayId: string;
            /** Format: uuid */
            memberId: string;
            region: string;
            issuer: string;
            root: {
                generation: number;
                jwk: {
                    /** @constant */
                    kty: "EC";
                    /** @constant */
                    crv: "P-256";
                    /** Format: base64url */
                    x: string;
                    /** Format: base64url */
                    y: string;
                };
            };
        };
        AgentReleaseOffer: {
            manifest: string;
            keyCertificate: string;
            path: string;
        };
        AgentRotation: {
            /** Format: uuid */
            rotationId: string;
            /** @enum {string} */
            state: "distributing" | "resealing" | "grace" | "done";
            key?: {
                publicKey: {
                    /** Format: base64 */
                    modulus: string;
                    /** Format: base64 */
                    exponent: string;
                };
                /** Format: uuid */
                leader: string;
                /** Format: base64url */
                signature: string;
                /** Format: base64url */
                sealed?: string;
            };
        };
        AgentRotationBatch: {
            credentials: {
                /** Format: uuid */
                connectionId: string;
                sealed: string;
                /** Format: base64url */
                hash: string;
            }[];
            remaining: number;
        };
        AgentSession: {
            relay: {
                /** @constant */
                mode: "tokens";
                host: string;
                listenWork: {
                    audience: string;
                    token: string;
                    /** Format: date-time */
                    expiresAt: string;
                };
                listenMember: {
                    audience: string;
                    token: string;
                    /** Format: date-time */
                    expiresAt: string;
                };
                sendReplies: {
                    audience: string;
                    token: string;
                    /** Format: date-time */
                    expiresAt: string;
                };
            } | {
                /** @constant */
                mode: "emulator";
                connectionString: string;
            };
            queues: {
                work: string;
                member: string;
            };
            announcement: string;
            certificate: string;
        };
        AgentToken: {
            access_token: string;
            /** @constant */
            token_type: "Bearer";
            expires_in: number;
            instance: number;
        };
        Health: {
            /** @enum {string} */
            status: "ok" | "degraded";
            /** @enum {string} */
            database: "ok" | "unreachable";
            relay: {
                [key: string]: "ok" | "unreachable";
            };
        };
        Alert: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "gateway-single-administrator" | "gateway-without-administrator" | "gateway-administrator-disabled" | "gateway-offline" | "member-offline" | "member-flapping" | "connection-single-owner" | "connection-without-owner" | "connection-owner-disabled" | "member-version-ending" | "member-version-unsupported" | "gateway-update-failed" | "recovery-locked" | "recovery-key-unproven" | "recovery-key-change-needed";
            /** @enum {string} */
            severity: "critical" | "warning";
            /** @enum {string} */
            state: "Open" | "Acknowledged" | "Resolved";
            /** Format: uuid */
            gatewayId?: string;
            /** Format: uuid */
            connectionId?: string;
            text: string;
            remedy: string;
            details: {
                name: string;
                principals?: {
                    /** Format: uuid */
                    id: string;
                    displayName: string;
                    /** @enum {string} */
                    state: "Disabled" | "Gone";
                }[];
                members?: {
                    /** Format: uuid */
                    id: string;
                    name: string;
                }[];
            };
            /** Format: date-time */
            openedAt: string;
            /** Format: date-time */
            acknowledgedAt?: string;
            /** Format: uuid */
            acknowledgedBy?: string;
            /** Format: date-time */
            resolvedAt?: string;
        };
        AuditEntry: {
            id: string;
            seq?: number;
            /** Format: date-time */
            at: string;
            actor: {
                /** Format: uuid */
                id: string;
                type: string;
            };
            action: string;
            result: string;
            /** Format: uuid */
            gatewayId?: string;
            subject: {
                type: string;
                id?: string;
            };
            traceId: string;
            details: {
                [key: string]: unknown;
            };
            count: number;
        };
        ChainReport: {
            isIntact: boolean;
            entries: number;
            firstSeq: number | null;
            lastSeq: number | null;
            checkpoints: number;
            checkpointSeq: number | null;
            unchained: number;
            faultCount: number;
            faults: {
                /** @enum {string} */
                kind: "hash" | "gap" | "order" | "link" | "checkpoint" | "unchained" | "unreadable";
                seq: number | null;
                text: string;
            }[];
        };
        Backup: {
            /** @constant */
            typ: "tidegate-backup";
            /** @constant */
            version: 1;
            /** Format: date-time */
            createdAt: string;
            /** Format: uuid */
            tenantId: string;
            issuer: string;
            /** Format: base64url */
            machineSalt: string;
            policy: {
                version: number;
                /** @enum {string} */
                installers: "Open" | "Restricted";
                /** @enum {string} */
                joinTokenCreators: "Installers" | "TenantAdministrators";
                minimumAdministrators: number;
                licenceRules: string | null;
                allowedKinds: ("postgresql" | "http" | "filesystem")[];
                tenantRequestsPerMinute: number | null;
                connectionRequestsPerMinute: number | null;
                callerRequestsPerMinute: number | null;
                listed: {
                    /** Format: uuid */
                    principalId: string;
                    /** @enum {string} */
                    principalType: "User" | "ServicePrincipal" | "Group";
                }[];
            } | null;
            environments: {
                /** Format: uuid */
                id: string;
                displayName: string;
                region: string;
                /** Format: date-time */
                createdAt: string;
            }[];
            gateways: {
                /** Format: uuid */
                id: string;
                name: string;
                region: string;
                epoch: number;
                /** @enum {string} */
                loadBalancing: "Failover" | "DistributeEvenly";
                sealingKey: {
                    /** Format: base64 */
                    modulus: string;
                    /** Format: base64 */
                    exponent: string;
                };
                sealingKeyId: string;
                recovery: {
                    kdf: {
                        /** @constant */
                        name: "scrypt";
                        /** @constant */
                        n: 131072;
                        /** @constant */
                        r: 8;
                        /** @constant */
                        p: 1;
                        /** Format: base64url */
                        salt: string;
                    };
                    /** Format: base64url */
                    proofKey: string;
                    /** Format: base64url */
                    recoveryKey: string;
                    /** Format: base64url */
                    bundle: string;
                    olderBundles?: string[];
                };
                recoveryProvedAt: string | null;
                recoveryChangedAt: string | null;
                cpuThreshold: number;
                memoryThreshold: number;
                allowCustomConnectors: boolean;
                allowCloudConnectionRefresh: boolean;
                /** Format: date-time */
                createdAt: string;
                members: {
                    /** Format: uuid */
                    id: string;
                    name: string;
                    enabled: boolean;
                    keys: {
                        /** Format: base64url */
                        identity: string;
                        /** Format: base64url */
                        receiving: string;
                    };
                    certificate: string | null;
                    /** Format: base64url */
                    machine: string;
                    version: string;
                    capabilities: {
                        contractVersions: number[];
                        operations: {
                            [key: string]: string[];
                        };
                        features: string[];
                    };
                    instance: number;
                    revision: number;
                    keyIds: string[];
                    /** Format: date-time */
                    createdAt: string;
                }[];
                roles: {
                    /** Format: uuid */
                    principalId: string;
                    /** @enum {string} */
                    principalType: "User" | "ServicePrincipal" | "Group";
                    /** @enum {string} */
                    role: "Admin" | "ConnectionCreatorWithResharing" | "ConnectionCreator";
                    allowedKinds: ("postgresql" | "http" | "filesystem")[];
                    /** Format: date-time */
                    createdAt: string;
                }[];
                handovers: {
                    /** Format: base64url */
                    proofKey: string;
                    /** Format: base64url */
                    recoveryKey: string;
                    /** Format: base64url */
                    salt: string;
                    /** Format: base64url */
                    signature: string;
                    /** Format: date-time */
                    at: string;
                }[];
            }[];
            connections: {
                /** Format: uuid */
                id: string;
                /** Format: uuid */
                gatewayId: string;
                displayName: string;
                target: {
                    /** @constant */
                    kind: "postgresql";
                    server: string;
                    port: number;
                    database: string;
                } | {
                    /** @constant */
                    kind: "http";
                    /** Format: uri */
                    url: string;
                } | {
                    /** @constant */
                    kind: "filesystem";
                    path: string;
                };
                /** @enum {string} */
                credentialType: "Anonymous" | "Basic" | "Windows" | "Key" | "OAuth2";
                /** @enum {string} */
                encryption: "Encrypted" | "Any" | "NotEncrypted";
                /** @enum {string} */
                privacyLevel: "None" | "Private" | "Organizational" | "Public";
                sealed: string | null;
                sealingKeyId: string | null;
                /** Format: uuid */
                createdBy: string;
                /** Format: date-time */
                createdAt: string;
                /** Format: date-time */
                updatedAt: string;
                roles: {
                    /** Format: uuid */
                    principalId: string;
                    /** @enum {string} */
                    principalType: "User" | "ServicePrincipal" | "Group";
                    /** @enum {string} */
                    role: "Owner" | "UserWithReshare" | "User";
                    /** Format: date-time */
                    createdAt: string;
                }[];
                environmentIds: string[];
            }[];
            seal: {
                /** Format: base64url */
                sha256: string;
                key: {
                    /** @constant */
                    kty: "EC";
                    /** @constant */
                    crv: "P-256";
                    /** Format: base64url */
                    x: string;
                    /** Format: base64url */
                    y: string;
                };
                jws: string;
            };
        };
        Restoration: {
            environments: number;
            gateways: number;
            members: number;
            connections: number;
            signedBy: string;
            isSameIssuer: boolean;
        };
        Connection: {
            /** Format: uuid */
            id: string;
            /** @constant */
            connectivityType: "OnPremisesGateway";
            displayName: string;
            /** Format: uuid */
            gatewayId: string;
            connectionDetails: {
                type: string;
                path: string;
            };
            /** @enum {string} */
            privacyLevel: "None" | "Private" | "Organizational" | "Public";
            credentialDetails: {
                /** @enum {string} */
                credentialType: "Anonymous" | "Basic" | "Windows" | "Key" | "OAuth2";
                /** @constant */
                singleSignOnType: "None";
                /** @enum {string} */
                connectionEncryption: "Encrypted" | "Any" | "NotEncrypted";
            };
            connectionRecency: {
                /** Format: date-time */
                createdDateTime: string;
            };
            environmentIds: string[];
        };
        SupportedConnectionType: {
            type: string;
            creationMethods: {
                name: string;
                parameters: {
                    name: string;
                    /** @enum {string} */
                    dataType: "Text" | "Number" | "Boolean" | "Duration" | "Date" | "DateTime" | "DateTimeZone" | "Time";
                    required: boolean;
                    allowedValues: string[] | null;
                }[];
            }[];
            supportedCredentialTypes: ("Anonymous" | "Basic" | "Windows" | "Key" | "OAuth2")[];
            supportedConnectionEncryptionTypes: ("Encrypted" | "Any" | "NotEncrypted")[];
            supportsSkipTestConnection: boolean;
        };
        ConnectionLicences: {
            value: {
                user: {
                    /** Format: uuid */
                    id: string;
                    upn?: string;
                    displayName: string;
                };
                isEligible: boolean;
                /** @enum {string} */
                ruleSet: "classic" | "current";
                plan: string;
                via: string;
            }[];
            refused: number;
            isCut: boolean;
        };
        ConnectionRoleAssignment: {
            /** Format: uuid */
            id: string;
            principal: components["schemas"]["FabricPrincipal"];
            /** @enum {string} */
            role: "Owner" | "UserWithReshare" | "User";
        };
        FabricPrincipal: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            type: "User" | "ServicePrincipal" | "Group";
            displayName?: string;
            userDetails?: {
                userPrincipalName: string;
            };
            servicePrincipalDetails?: {
                aadAppId: string;
            };
        };
        ConnectionStatus: {
            /** @enum {string} */
            status: "Online" | "Offline";
            errors: {
                errorCode: string;
                message: string;
            }[];
        };
        Environment: {
            /** Format: uuid */
            id: string;
            displayName: string;
            region: string;
        };
        ImportResult: {
            created: number;
            updated: number;
            unchanged: number;
        };
        Explanation: {
            user: {
                /** Format: uuid */
                id: string;
                displayName: string;
                upn?: string;
            };
            gateway: {
                /** Format: uuid */
                id: string;
                displayName: string;
                region: string;
            };
            connection?: {
                /** Format: uuid */
                id: string;
                displayName: string;
            };
            environment?: {
                /** Format: uuid */
                id: string;
                displayName: string;
                region: string;
            };
            /** @enum {string} */
            operation: "test" | "listTables" | "getTable" | "listItems" | "getItem" | "createItem" | "updateItem" | "deleteItem" | "executeQuery" | "executeProcedure" | "httpRequest" | "listFolder" | "getFile" | "readFile" | "writeFile" | "deleteFile";
            isAllowed: boolean;
            /** @enum {string} */
            decidedBy?: "visible" | "licence" | "role" | "sourceType" | "tenantPolicy" | "environment" | "region" | "administrators" | "operation" | "agentOnline" | "agentVersion";
            rules: {
                /** @enum {string} */
                rule: "visible" | "licence" | "role" | "sourceType" | "tenantPolicy" | "environment" | "region" | "administrators" | "operation" | "agentOnline" | "agentVersion";
                /** @enum {string} */
                verdict: "passed" | "refused" | "unknown";
                code?: string;
                reason: string;
                remedy?: string;
                changeableBy: {
                    role: string;
                    people: {
                        /** Format: uuid */
                        id: string;
                        displayName: string;
                        upn?: string;
                    }[];
                }[];
            }[];
        };
        Gateway: {
            /** Format: uuid */
            id: string;
            /** @constant */
            type: "OnPremises";
            displayName: string;
            publicKey: {
                /** Format: base64 */
                modulus: string;
                /** Format: base64 */
                exponent: string;
            };
            version: string;
            numberOfMemberGateways: number;
            /** @enum {string} */
            loadBalancingSetting: "Failover" | "DistributeEvenly";
            allowCloudConnectionRefresh: boolean;
            allowCustomConnectors: boolean;
            cpuThreshold: number;
            memoryThreshold: number;
            region: string;
            keyId: string;
        };
        GatewayStatus: {
            /** @enum {string} */
            status: "Online" | "Offline";
            gatewayVersion?: string;
            /** @enum {string} */
            gatewayUpgradeState?: "UpToDate" | "NewVersionAvailable" | "UpgradeRequired" | "Unknown";
            errorDetails?: {
                /** @enum {string} */
                errorCode: "DMTS_GatewayIsDisabled" | "DM_GWPipeline_Client_GatewayUnreachable";
                message: string;
                relatedResource: {
                    /** Format: uuid */
                    resourceId: string;
                    /** @constant */
                    resourceType: "Gateway";
                };
            }[];
        };
        Exposure: {
            /** Format: uuid */
            connectionId: string;
            connectionName?: string;
            /** Format: uuid */
            memberId: string;
            /** Format: date-time */
            since: string;
            /** Format: date-time */
            closedAt?: string;
            /** Format: uuid */
            closedBy?: string;
        };
        GatewayMember: {
            /** Format: uuid */
            id: string;
            displayName: string;
            publicKey: {
                /** Format: base64 */
                modulus: string;
                /** Format: base64 */
                exponent: string;
            };
            version: string;
            enabled: boolean;
            /** @enum {string} */
            state: "online" | "offline" | "disabled" | "draining" | "attention";
            lastHeartbeatAt: string | null;
            inFlight: number;
            load: {
                cpuPercent: number;
                memoryPercent: number;
                diskFreeBytes: number;
            } | null;
            conditions: string[];
            drainDeadline: string | null;
        };
        Compromise: {
            /** Format: uuid */
            memberId: string;
            epoch: number;
            exposures: number;
            isRotationStarted: boolean;
        };
        MemberUpgrade: {
            /** Format: uuid */
            memberId: string;
            version: string;
            /** @enum {string} */
            upgradeState: "UpToDate" | "NewVersionAvailable" | "UpgradeRequired" | "Unknown";
            supportEnding: boolean;
            newestVersion?: string;
            orderedVersion?: string;
            updateState?: string;
            updateReason?: string;
        };
        RecoveryStatus: {
            /** Format: date-time */
            provedAt?: string;
            /** Format: date-time */
            changedAt?: string;
            handovers: number;
            keyAgeDays: number;
            locks: number;
            /** Format: date-time */
            reminderAt: string;
        };
        RecoveryLock: {
            /** Format: uuid */
            callerId: string;
            failures: number;
            /** Format: date-time */
            countedFrom: string;
            /** Format: date-time */
            lockedUntil?: string;
        };
        GatewayRoleAssignment: {
            /** Format: uuid */
            id: string;
            principal: components["schemas"]["FabricPrincipal"];
            /** @enum {string} */
            role: "Admin" | "ConnectionCreatorWithResharing" | "ConnectionCreator";
            allowedKinds?: ("postgresql" | "http" | "filesystem")[];
        };
        Rollout: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            gatewayId: string;
            version: string;
            /** @enum {string} */
            state: "running" | "succeeded" | "failed" | "rolled-back" | "cancelled";
            memberIds: string[];
            doneIds: string[];
            current?: {
                /** Format: uuid */
                memberId: string;
                step: string;
                /** Format: date-time */
                deadline: string;
            };
            reason?: string;
            /** Format: uuid */
            orderedBy: string;
            /** Format: date-time */
            startedAt: string;
            /** Format: date-time */
            finishedAt?: string;
        };
        Rotation: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            gatewayId: string;
            /** @enum {string} */
            state: "distributing" | "resealing" | "grace" | "done" | "superseded";
            hasGrace: boolean;
            oldKeyId: string;
            newKeyId?: string;
            /** Format: uuid */
            leaderId?: string;
            receipts: string[];
            total: number;
            remaining: number;
            startedBy: string;
            /** Format: date-time */
            startedAt: string;
            /** Format: date-time */
            graceUntil?: string;
            /** Format: date-time */
            finishedAt?: string;
        };
        RotationDetail: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            gatewayId: string;
            /** @enum {string} */
            state: "distributing" | "resealing" | "grace" | "done" | "superseded";
            hasGrace: boolean;
            oldKeyId: string;
            newKeyId?: string;
            /** Format: uuid */
            leaderId?: string;
            receipts: string[];
            total: number;
            remaining: number;
            startedBy: string;
            /** Format: date-time */
            startedAt: string;
            /** Format: date-time */
            graceUntil?: string;
            /** Format: date-time */
            finishedAt?: string;
            waitingFor: string[];
        };
        JoinToken: {
            /** Format: uuid */
            id: string;
            region: string;
            gatewayName: string;
            /** Format: uuid */
            gatewayId?: string;
            /** Format: uuid */
            createdBy: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string;
            /** Format: date-time */
            consumedAt?: string;
        };
        NewJoinToken: {
            /** Format: uuid */
            id: string;
            region: string;
            gatewayName: string;
            /** Format: uuid */
            gatewayId?: string;
            /** Format: uuid */
            createdBy: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string;
            /** Format: date-time */
            consumedAt?: string;
            token: string;
        };
        UserVerdict: {
            user: {
                /** Format: uuid */
                id: string;
                upn?: string;
                displayName: string;
            };
            isEligible: boolean;
            /** @enum {string} */
            ruleSet: "classic" | "current";
            plan: string;
        };
        UserLicences: {
            user: {
                /** Format: uuid */
                id: string;
                upn?: string;
                displayName: string;
            };
            isEligible: boolean;
            /** @enum {string} */
            ruleSet: "classic" | "current";
            plan: string;
            plans: {
                servicePlanId: string;
                servicePlanName: string;
                skuPartNumber: string;
                isSufficient: boolean;
            }[];
        };
        Operation: {
            /** @enum {string} */
            status: "NotStarted" | "Running" | "Succeeded" | "Failed";
            /** Format: date-time */
            createdTimeUtc: string;
            /** Format: date-time */
            lastUpdatedTimeUtc: string;
            percentComplete?: number;
            error?: {
                errorCode: string;
                message: string;
            };
        };
        OperationResult: {
            [key: string]: unknown;
        };
        RegionMap: {
            version: {
                date: string;
                source: string;
            };
            environmentRegions: {
                key: string;
                displayName: string;
                gatewayRegions: {
                    key: string;
                    displayName: string;
                    isServed: boolean;
                }[];
            }[];
        };
        Release: {
            version: string;
            /** Format: date-time */
            publishedAt: string;
            notes: string;
            supported: boolean;
            offered: boolean;
            bytes?: number;
        };
        RequestRecord: {
            traceId: string;
            /** Format: uuid */
            requestId: string;
            /** Format: uuid */
            callerId: string;
            /** @enum {string} */
            status: "running" | "succeeded" | "failed" | "aborted";
            code: string | null;
            hop: string | null;
            outcome: string | null;
            operation: string;
            connectionId: string | null;
            gatewayId: string | null;
            memberId: string | null;
            environmentId: string | null;
            attempts: number;
            /** Format: date-time */
            startedAt: string;
            finishedAt: string | null;
            requestBytes: number;
            replyBytes: number;
            timings: {
                [key: string]: number;
            };
            client: {
                [key: string]: string;
            };
            hops: {
                /** @enum {string} */
                hop: "control-plane" | "broker" | "member" | "source";
                ms: number;
            }[];
        };
        TenantPolicy: {
            version: number;
            /** @enum {string} */
            installers: "Open" | "Restricted";
            listedInstallers?: {
                /** Format: uuid */
                id: string;
                /** @enum {string} */
                type: "User" | "ServicePrincipal" | "Group";
            }[];
            /** @enum {string} */
            joinTokenCreators: "Installers" | "TenantAdministrators";
            minimumAdministrators: number;
            /** @enum {string} */
            licenceRules: "classic" | "current";
            allowedKinds: ("postgresql" | "http" | "filesystem")[] | null;
            limits: {
                tenantRequestsPerMinute: number;
                connectionRequestsPerMinute: number;
                callerRequestsPerMinute: number;
            };
        };
    };
    responses: {
        /** @description The request failed; docs/errors.md lists the codes. */
        FabricFailure: {
            headers: {
                /** @description Trace id of the request. */
                "x-ms-request-id"?: string;
                /** @description Seconds to wait, where waiting helps. */
                "retry-after"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["FabricError"];
            };
        };
        /** @description The request failed; docs/errors.md lists the codes. */
        ConnectorFailure: {
            headers: {
                /** @description Trace id of the request. */
                "x-ms-request-id"?: string;
                /** @description Seconds to wait, where waiting helps. */
                "retry-after"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ConnectorError"];
            };
        };
        /** @description The request failed; docs/errors.md lists the codes. */
        ODataFailure: {
            headers: {
                /** @description Trace id of the request. */
                "x-ms-request-id"?: string;
                /** @description Seconds to wait, where waiting helps. */
                "retry-after"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ODataError"];
            };
        };
        /** @description The request failed; docs/errors.md lists the codes. */
        ProblemFailure: {
            headers: {
                /** @description Trace id of the request. */
                "x-ms-request-id"?: string;
                /** @description Seconds to wait, where waiting helps. */
                "retry-after"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
};
export type FabricError = components['schemas']['FabricError'];
export type ConnectorError = components['schemas']['ConnectorError'];
export type Problem = components['schemas']['Problem'];
export type ODataError = components['schemas']['ODataError'];
export type AgentDiscovery = components['schemas']['AgentDiscovery'];
export type AgentChallenge = components['schemas']['AgentChallenge'];
export type AgentAdmission = components['schemas']['AgentAdmission'];
export type AgentHeartbeat = components['schemas']['AgentHeartbeat'];
export type AgentMembers = components['schemas']['AgentMembers'];
export type AgentRegistration = components['schemas']['AgentRegistration'];
export type AgentReleaseOffer = components['schemas']['AgentReleaseOffer'];
export type AgentRotation = components['schemas']['AgentRotation'];
export type AgentRotationBatch = components['schemas']['AgentRotationBatch'];
export type AgentSession = components['schemas']['AgentSession'];
export type AgentToken = components['schemas']['AgentToken'];
export type Health = components['schemas']['Health'];
export type Alert = components['schemas']['Alert'];
export type AuditEntry = components['schemas']['AuditEntry'];
export type ChainReport = components['schemas']['ChainReport'];
export type Backup = components['schemas']['Backup'];
export type Restoration = components['schemas']['Restoration'];
export type Connection = components['schemas']['Connection'];
export type SupportedConnectionType = components['schemas']['SupportedConnectionType'];
export type ConnectionLicences = components['schemas']['ConnectionLicences'];
export type ConnectionRoleAssignment = components['schemas']['ConnectionRoleAssignment'];
export type FabricPrincipal = components['schemas']['FabricPrincipal'];
export type ConnectionStatus = components['schemas']['ConnectionStatus'];
export type Environment = components['schemas']['Environment'];
export type ImportResult = components['schemas']['ImportResult'];
export type Explanation = components['schemas']['Explanation'];
export type Gateway = components['schemas']['Gateway'];
export type GatewayStatus = components['schemas']['GatewayStatus'];
export type Exposure = components['schemas']['Exposure'];
export type GatewayMember = components['schemas']['GatewayMember'];
export type Compromise = components['schemas']['Compromise'];
export type MemberUpgrade = components['schemas']['MemberUpgrade'];
export type RecoveryStatus = components['schemas']['RecoveryStatus'];
export type RecoveryLock = components['schemas']['RecoveryLock'];
export type GatewayRoleAssignment = components['schemas']['GatewayRoleAssignment'];
export type Rollout = components['schemas']['Rollout'];
export type Rotation = components['schemas']['Rotation'];
export type RotationDetail = components['schemas']['RotationDetail'];
export type JoinToken = components['schemas']['JoinToken'];
export type NewJoinToken = components['schemas']['NewJoinToken'];
export type UserVerdict = components['schemas']['UserVerdict'];
export type UserLicences = components['schemas']['UserLicences'];
export type Operation = components['schemas']['Operation'];
export type OperationResult = components['schemas']['OperationResult'];
export type RegionMap = components['schemas']['RegionMap'];
export type Release = components['schemas']['Release'];
export type RequestRecord = components['schemas']['RequestRecord'];
export type TenantPolicy = components['schemas']['TenantPolicy'];
export type ResponseFabricFailure = components['responses']['FabricFailure'];
export type ResponseConnectorFailure = components['responses']['ConnectorFailure'];
export type ResponseODataFailure = components['responses']['ODataFailure'];
export type ResponseProblemFailure = components['responses']['ProblemFailure'];
export type $defs = Record<string, never>;
export interface operations {
    "health.landing": {
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
                    "text/html": string;
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "discovery.get": {
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
                    "application/json": components["schemas"]["AgentDiscovery"];
                };
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "admissions.find": {
        parameters: {
            query?: {
                name?: string;
            };
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
                    "application/json": {
                        value: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            region: string;
                        }[];
                    };
                };
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "admissions.challenge": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    operation: "join" | "restore" | "takeover";
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentChallenge"];
                };
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "admissions.admit": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    challengeId: string;
                    /** @enum {string} */
                    operation: "join" | "restore" | "takeover";
                    member: {
                        name: string;
                        version: string;
                        /** Format: base64url */
                        machine: string;
                        keys: {
                            /** Format: base64url */
                            identity: string;
                            /** Format: base64url */
                            receiving: string;
                        };
                        capabilities: {
                            contractVersions: number[];
                            operations: {
                                [key: string]: string[];
                            };
                            features: string[];
                        };
                    };
                    /** Format: uuid */
                    replaces?: string;
                    /** Format: base64url */
                    proof: string;
                    /** Format: base64url */
                    certificate: string;
                    /** Format: base64url */
                    identityProof: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentAdmission"];
                };
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "membership.heartbeat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    version: string;
                    capabilities: {
                        contractVersions: number[];
                        operations: {
                            [key: string]: string[];
                        };
                        features: string[];
                    };
                    /** Format: date-time */
                    sentAt: string;
                    epoch?: number;
                    receiving: boolean;
                    draining: boolean;
                    inFlight: number;
                    load: {
                        cpuPercent: number;
                        memoryPercent: number;
                        diskFreeBytes: number;
                    };
                    conditions?: string[];
                    keyIds?: string[];
                    update?: {
                        version: string;
                        /** @enum {string} */
                        state: "downloading" | "ready" | "running" | "failed" | "rolled-back" | "forbidden";
                        reason?: string;
                    };
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentHeartbeat"];
                };
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "agentRecovery.list": {
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
                    "application/json": components["schemas"]["AgentMembers"];
                };
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "membership.unregister": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "agentRecovery.challenge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    operation: "join" | "restore" | "takeover" | "drill" | "change-recovery-key";
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentChallenge"];
                };
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "agentRecovery.drill": {
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
                    challengeId: string;
                    /** Format: base64url */
                    proof: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        provedAt: string;
                    };
                };
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "agentRecovery.changeKey": {
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
                    challengeId: string;
                    /** Format: base64url */
                    proof: string;
                    setup: {
                        kdf: {
                            /** @enum {string} */
                            name: "scrypt";
                            /** @enum {number} */
                            n: 131072;
                            /** @enum {number} */
                            r: 8;
                            /** @enum {number} */
                            p: 1;
                            /** Format: base64url */
                            salt: string;
                        };
                        /** Format: base64url */
                        proofKey: string;
                        /** Format: base64url */
                        recoveryKey: string;
                        /** Format: base64url */
                        bundle: string;
                    };
                    /** Format: base64url */
                    handover: string;
                    certificates: {
                        /** Format: uuid */
                        memberId: string;
                        /** Format: base64url */
                        certificate: string;
                    }[];
                    sealingKeyId?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        changedAt: string;
                    };
                };
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "registrations.register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    gateway: {
                        name: string;
                        region: string;
                    };
                    member: {
                        name: string;
                        version: string;
                        /** Format: base64url */
                        machine: string;
                        keys: {
                            /** Format: base64url */
                            identity: string;
                            /** Format: base64url */
                            receiving: string;
                        };
                        capabilities: {
                            contractVersions: number[];
                            operations: {
                                [key: string]: string[];
                            };
                            features: string[];
                        };
                    };
                    sealingKey: {
                        /** Format: base64 */
                        modulus: string;
                        /** Format: base64 */
                        exponent: string;
                    };
                    recovery: {
                        kdf: {
                            /** @enum {string} */
                            name: "scrypt";
                            /** @enum {number} */
                            n: 131072;
                            /** @enum {number} */
                            r: 8;
                            /** @enum {number} */
                            p: 1;
                            /** Format: base64url */
                            salt: string;
                        };
                        /** Format: base64url */
                        proofKey: string;
                        /** Format: base64url */
                        recoveryKey: string;
                        /** Format: base64url */
                        bundle: string;
                    };
                    /** Format: base64url */
                    certificate?: string;
                    /** Format: base64url */
                    proof: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentRegistration"];
                };
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "agentReleases.offer": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                version: string;
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
                    "application/json": components["schemas"]["AgentReleaseOffer"];
                };
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "agentReleases.load": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                version: string;
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
                    "application/gzip": string;
                };
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "agentRotations.view": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rotationId: string;
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
                    "application/json": components["schemas"]["AgentRotation"];
                };
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "agentRotations.next": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rotationId: string;
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
                    "application/json": components["schemas"]["AgentRotationBatch"];
                };
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "agentRotations.reseal": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rotationId: string;
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: base64url */
                    expectedHash: string;
                    sealed: string;
                };
            };
        };
        responses: {
            /** @description Done; there is nothing to say. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "agentRotations.bring": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rotationId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    publicKey: {
                        /** Format: base64 */
                        modulus: string;
                        /** Format: base64 */
                        exponent: string;
                    };
                    packages: {
                        /** Format: uuid */
                        memberId: string;
                        /** Format: base64url */
                        sealed: string;
                    }[];
                    /** Format: base64url */
                    bundle: string;
                    /** Format: base64url */
                    signature: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentRotation"];
                };
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "agentRotations.receive": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rotationId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    keyId: string;
                };
            };
        };
        responses: {
            /** @description Done; there is nothing to say. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "membership.session": {
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
                    "application/json": components["schemas"]["AgentSession"];
                };
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "tokens.issue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    grant_type: "client_credentials";
                    /** @enum {string} */
                    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
                    client_assertion: string;
                    instance?: number;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentToken"];
                };
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "filePaths.describe": {
        parameters: {
            query: {
                path: string;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Not declared. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "filePaths.read": {
        parameters: {
            query: {
                path: string;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Not declared. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "files.create": {
        parameters: {
            query: {
                folderPath?: string;
                name: string;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Not declared. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "files.describe": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Not declared. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "files.replace": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Not declared. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "files.remove": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Not declared. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "files.read": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Not declared. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "files.listRoot": {
        parameters: {
            query?: {
                path?: string;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Not declared. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "files.list": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Not declared. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "http.pass.get": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Not declared. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "http.pass.put": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "*/*": unknown;
            };
        };
        responses: {
            /** @description Not declared. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "http.pass.post": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "*/*": unknown;
            };
        };
        responses: {
            /** @description Not declared. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "http.pass.delete": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "*/*": unknown;
            };
        };
        responses: {
            /** @description Not declared. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "http.pass.options": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Not declared. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "http.pass.head": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Not declared. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "http.pass.patch": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "*/*": unknown;
            };
        };
        responses: {
            /** @description Not declared. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "http.pass.getPath": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                path: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Not declared. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "http.pass.putPath": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                path: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "*/*": unknown;
            };
        };
        responses: {
            /** @description Not declared. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "http.pass.postPath": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                path: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "*/*": unknown;
            };
        };
        responses: {
            /** @description Not declared. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "http.pass.deletePath": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                path: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "*/*": unknown;
            };
        };
        responses: {
            /** @description Not declared. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "http.pass.optionsPath": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                path: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Not declared. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "http.pass.headPath": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                path: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Not declared. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "http.pass.patchPath": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                path: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "*/*": unknown;
            };
        };
        responses: {
            /** @description Not declared. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "tables.datasetMetadata": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Not declared. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "tables.describe": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                table: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Not declared. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "tables.listDatasets": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Not declared. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "query.procedure": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                procedure: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Not declared. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "query.query": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    query: string;
                    /** @description Values by the name of the column or parameter. */
                    actualParameters?: Record<string, never>;
                };
            };
        };
        responses: {
            /** @description Not declared. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "tables.list": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Not declared. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "items.list": {
        parameters: {
            query?: {
                $filter?: string;
                $orderby?: string;
                $select?: string;
                $top?: number;
                $skip?: number;
                $skiptoken?: number;
                $count?: boolean;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                table: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Not declared. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "items.create": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                table: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Not declared. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "items.get": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                table: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Not declared. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "items.remove": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                table: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Not declared. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "items.update": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                table: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Not declared. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "apiDocs.page": {
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
                    "text/html": string;
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "apiDocs.file": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                file: string;
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
                    "text/javascript": string;
                    "text/css": string;
                    "image/png": string;
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "health.get": {
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
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description Done. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "apiDocs.document": {
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
                    "application/json": {
                        openapi: string;
                        info: {
                            [key: string]: unknown;
                        };
                        paths: {
                            [key: string]: unknown;
                        };
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "alerts.list": {
        parameters: {
            query?: {
                continuationToken?: string;
                state?: "Open" | "Acknowledged" | "Resolved";
                kind?: "gateway-single-administrator" | "gateway-without-administrator" | "gateway-administrator-disabled" | "gateway-offline" | "member-offline" | "member-flapping" | "connection-single-owner" | "connection-without-owner" | "connection-owner-disabled" | "member-version-ending" | "member-version-unsupported" | "gateway-update-failed" | "recovery-locked" | "recovery-key-unproven" | "recovery-key-change-needed";
                gatewayId?: string;
                connectionId?: string;
            };
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
                    "application/json": {
                        value: components["schemas"]["Alert"][];
                        continuationToken?: string;
                        /** Format: uri */
                        continuationUri?: string;
                    };
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "alerts.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                alertId: string;
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
                    "application/json": components["schemas"]["Alert"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "alerts.acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                alertId: string;
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
                    "application/json": components["schemas"]["Alert"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "audit.list": {
        parameters: {
            query?: {
                from?: string;
                to?: string;
                actorId?: string;
                gatewayId?: string;
                code?: string;
                action?: string;
                continuationToken?: string;
            };
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
                    "application/json": {
                        value: components["schemas"]["AuditEntry"][];
                        continuationToken?: string;
                        /** Format: uri */
                        continuationUri?: string;
                    };
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "audit.export": {
        parameters: {
            query?: {
                fromSeq?: number;
                toSeq?: number;
            };
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
                    "application/x-ndjson": string;
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "audit.verify": {
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
                    "application/json": components["schemas"]["ChainReport"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "backup.take": {
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
                    "application/json": components["schemas"]["Backup"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "backup.restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Restoration"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "connections.list": {
        parameters: {
            query?: {
                continuationToken?: string;
            };
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
                    "application/json": {
                        value: components["schemas"]["Connection"][];
                        continuationToken?: string;
                        /** Format: uri */
                        continuationUri?: string;
                    };
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "connections.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    connectivityType: "OnPremisesGateway";
                    gatewayId: string;
                    displayName: string;
                    /** @enum {string} */
                    privacyLevel?: "None" | "Private" | "Organizational" | "Public";
                    connectionDetails: {
                        type: string;
                        creationMethod: string;
                        parameters: {
                            /** @enum {string} */
                            dataType?: "Text" | "Number" | "Boolean" | "Duration" | "Date" | "DateTime" | "DateTimeZone" | "Time";
                            name: string;
                            value: string | number | boolean;
                        }[];
                    };
                    credentialDetails: {
                        /** @enum {string} */
                        singleSignOnType?: "None";
                        /** @enum {string} */
                        connectionEncryption?: "Encrypted" | "Any" | "NotEncrypted";
                        skipTestConnection?: boolean;
                        credentials: {
                            /** @enum {string} */
                            credentialType: "Anonymous" | "Basic" | "Windows" | "Key" | "OAuth2";
                            /** @default [] */
                            values?: {
                                /** Format: uuid */
                                gatewayId: string;
                                encryptedCredentials: string;
                                keyId?: string;
                            }[];
                        };
                    };
                    environmentIds?: string[];
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    /** @description Address of what was made. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "connectionTypes.list": {
        parameters: {
            query?: {
                continuationToken?: string;
                gatewayId?: string;
                showAllCreationMethods?: string;
            };
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
                    "application/json": {
                        value: components["schemas"]["SupportedConnectionType"][];
                        continuationToken?: string;
                        /** Format: uri */
                        continuationUri?: string;
                    };
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "connections.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionId: string;
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
                    "application/json": components["schemas"]["Connection"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "connections.remove": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "connections.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    connectivityType?: "OnPremisesGateway";
                    displayName?: string;
                    /** @enum {string} */
                    privacyLevel?: "None" | "Private" | "Organizational" | "Public";
                    connectionDetails?: {
                        type: string;
                        creationMethod: string;
                        parameters: {
                            /** @enum {string} */
                            dataType?: "Text" | "Number" | "Boolean" | "Duration" | "Date" | "DateTime" | "DateTimeZone" | "Time";
                            name: string;
                            value: string | number | boolean;
                        }[];
                    };
                    credentialDetails?: {
                        /** @enum {string} */
                        singleSignOnType?: "None";
                        /** @enum {string} */
                        connectionEncryption?: "Encrypted" | "Any" | "NotEncrypted";
                        skipTestConnection?: boolean;
                        credentials?: {
                            /** @enum {string} */
                            credentialType: "Anonymous" | "Basic" | "Windows" | "Key" | "OAuth2";
                            /** @default [] */
                            values?: {
                                /** Format: uuid */
                                gatewayId: string;
                                encryptedCredentials: string;
                                keyId?: string;
                            }[];
                        };
                    };
                    environmentIds?: string[];
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "connectionEnvironments.bind": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionId: string;
                environmentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "connectionEnvironments.unbind": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionId: string;
                environmentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "licences.ofConnection": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionId: string;
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
                    "application/json": components["schemas"]["ConnectionLicences"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "connectionRoleAssignments.list": {
        parameters: {
            query?: {
                continuationToken?: string;
            };
            header?: never;
            path: {
                connectionId: string;
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
                    "application/json": {
                        value: components["schemas"]["ConnectionRoleAssignment"][];
                        continuationToken?: string;
                        /** Format: uri */
                        continuationUri?: string;
                    };
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "connectionRoleAssignments.assign": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    principal: {
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        type: "User" | "ServicePrincipal" | "Group";
                    };
                    /** @enum {string} */
                    role: "Owner" | "UserWithReshare" | "User";
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    /** @description Address of what was made. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionRoleAssignment"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "connectionRoleAssignments.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionId: string;
                principalId: string;
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
                    "application/json": components["schemas"]["ConnectionRoleAssignment"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "connectionRoleAssignments.revoke": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionId: string;
                principalId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "connectionRoleAssignments.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionId: string;
                principalId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    role: "Owner" | "UserWithReshare" | "User";
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionRoleAssignment"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "connections.test": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionId: string;
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
                    "application/json": components["schemas"]["ConnectionStatus"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "environments.list": {
        parameters: {
            query?: {
                continuationToken?: string;
            };
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
                    "application/json": {
                        value: components["schemas"]["Environment"][];
                        continuationToken?: string;
                        /** Format: uri */
                        continuationUri?: string;
                    };
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "environments.create": {
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
                    id?: string;
                    displayName: string;
                    region: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    /** @description Address of what was made. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Environment"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "environments.import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    environments: unknown[];
                } | {
                    value: unknown[];
                };
                "text/csv": string;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportResult"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "environments.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                environmentId: string;
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
                    "application/json": components["schemas"]["Environment"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "environments.remove": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                environmentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "environments.change": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                environmentId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    displayName?: string;
                    region?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Environment"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "explain.explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    user: string;
                    environmentId?: string;
                    /** Format: uuid */
                    gatewayId?: string;
                    /** Format: uuid */
                    connectionId?: string;
                    /** @enum {string} */
                    operation: "test" | "listTables" | "getTable" | "listItems" | "getItem" | "createItem" | "updateItem" | "deleteItem" | "executeQuery" | "executeProcedure" | "httpRequest" | "listFolder" | "getFile" | "readFile" | "writeFile" | "deleteFile";
                    /** @enum {string} */
                    kind?: "postgresql" | "http" | "filesystem";
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explanation"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "gateways.list": {
        parameters: {
            query?: {
                continuationToken?: string;
                region?: string;
                scope?: "individual" | "organization";
            };
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
                    "application/json": {
                        value: components["schemas"]["Gateway"][];
                        continuationToken?: string;
                        /** Format: uri */
                        continuationUri?: string;
                    };
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "gateways.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    type: "OnPremises" | "OnPremisesPersonal" | "VirtualNetwork" | "StreamingVirtualNetwork";
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            default: components["responses"]["FabricFailure"];
        };
    };
    "gateways.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
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
                    "application/json": components["schemas"]["Gateway"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "gateways.remove": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "gateways.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    type?: "OnPremises" | "OnPremisesPersonal" | "VirtualNetwork" | "StreamingVirtualNetwork";
                    displayName?: string;
                    /** @enum {string} */
                    loadBalancingSetting?: "Failover" | "DistributeEvenly";
                    allowCloudConnectionRefresh?: boolean;
                    allowCustomConnectors?: boolean;
                    cpuThreshold?: number;
                    memoryThreshold?: number;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Gateway"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "gatewayStatus.check": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
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
                    "application/json": components["schemas"]["GatewayStatus"];
                };
            };
            /** @description Done. */
            202: {
                headers: {
                    /** @description Where to ask next: for the state while it runs, for the result once it has succeeded. */
                    Location?: string;
                    /** @description Id of the operation. */
                    "x-ms-operation-id"?: string;
                    /** @description Seconds to wait before asking again. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "recoveryExposures.list": {
        parameters: {
            query?: {
                continuationToken?: string;
            };
            header?: never;
            path: {
                gatewayId: string;
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
                    "application/json": {
                        value: components["schemas"]["Exposure"][];
                        continuationToken?: string;
                        /** Format: uri */
                        continuationUri?: string;
                    };
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "recoveryExposures.close": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "gatewayMembers.list": {
        parameters: {
            query?: {
                continuationToken?: string;
            };
            header?: never;
            path: {
                gatewayId: string;
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
                    "application/json": {
                        value: components["schemas"]["GatewayMember"][];
                        continuationToken?: string;
                        /** Format: uri */
                        continuationUri?: string;
                    };
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "gatewayMembers.remove": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                memberId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "gatewayMembers.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                memberId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    displayName?: string;
                    enabled?: boolean;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMember"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "gatewayStatus.checkMember": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                memberId: string;
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
                    "application/json": components["schemas"]["GatewayStatus"];
                };
            };
            /** @description Done. */
            202: {
                headers: {
                    /** @description Where to ask next: for the state while it runs, for the result once it has succeeded. */
                    Location?: string;
                    /** @description Id of the operation. */
                    "x-ms-operation-id"?: string;
                    /** @description Seconds to wait before asking again. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "recoveryExposures.revoke": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                memberId: string;
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
                    "application/json": components["schemas"]["Compromise"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "gatewayMembers.drain": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                memberId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    deadlineSeconds: number;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMember"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "gatewayMembers.resume": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                memberId: string;
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
                    "application/json": components["schemas"]["GatewayMember"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "releasesRollouts.upgrade": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                memberId: string;
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
                    "application/json": components["schemas"]["MemberUpgrade"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "recovery.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
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
                    "application/json": components["schemas"]["RecoveryStatus"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "recovery.listLocks": {
        parameters: {
            query?: {
                continuationToken?: string;
            };
            header?: never;
            path: {
                gatewayId: string;
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
                    "application/json": {
                        value: components["schemas"]["RecoveryLock"][];
                        continuationToken?: string;
                        /** Format: uri */
                        continuationUri?: string;
                    };
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "recovery.clearLock": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                callerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "gatewayStatus.restart": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            default: components["responses"]["FabricFailure"];
        };
    };
    "gatewayRoleAssignments.list": {
        parameters: {
            query?: {
                continuationToken?: string;
            };
            header?: never;
            path: {
                gatewayId: string;
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
                    "application/json": {
                        value: components["schemas"]["GatewayRoleAssignment"][];
                        continuationToken?: string;
                        /** Format: uri */
                        continuationUri?: string;
                    };
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "gatewayRoleAssignments.assign": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    principal: {
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        type: "User" | "ServicePrincipal" | "Group";
                    };
                    /** @enum {string} */
                    role: "Admin" | "ConnectionCreatorWithResharing" | "ConnectionCreator";
                    allowedKinds?: ("postgresql" | "http" | "filesystem")[] | null;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    /** @description Address of what was made. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayRoleAssignment"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "gatewayRoleAssignments.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                principalId: string;
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
                    "application/json": components["schemas"]["GatewayRoleAssignment"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "gatewayRoleAssignments.revoke": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                principalId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "gatewayRoleAssignments.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                principalId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    role?: "Admin" | "ConnectionCreatorWithResharing" | "ConnectionCreator";
                    allowedKinds?: ("postgresql" | "http" | "filesystem")[] | null;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayRoleAssignment"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "releasesRollouts.list": {
        parameters: {
            query?: {
                continuationToken?: string;
            };
            header?: never;
            path: {
                gatewayId: string;
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
                    "application/json": {
                        value: components["schemas"]["Rollout"][];
                        continuationToken?: string;
                        /** Format: uri */
                        continuationUri?: string;
                    };
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "releasesRollouts.order": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    version: string;
                    memberIds?: string[];
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rollout"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "releasesRollouts.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                rolloutId: string;
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
                    "application/json": components["schemas"]["Rollout"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "releasesRollouts.cancel": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                rolloutId: string;
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
                    "application/json": components["schemas"]["Rollout"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "rotations.list": {
        parameters: {
            query?: {
                continuationToken?: string;
            };
            header?: never;
            path: {
                gatewayId: string;
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
                    "application/json": {
                        value: components["schemas"]["Rotation"][];
                        continuationToken?: string;
                        /** Format: uri */
                        continuationUri?: string;
                    };
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "rotations.start": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rotation"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "rotations.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                rotationId: string;
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
                    "application/json": components["schemas"]["RotationDetail"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "gatewayStatus.shutdown": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            default: components["responses"]["FabricFailure"];
        };
    };
    "releasesRollouts.upgrades": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
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
                    "application/json": {
                        value: components["schemas"]["MemberUpgrade"][];
                    };
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "joinTokens.list": {
        parameters: {
            query?: {
                continuationToken?: string;
            };
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
                    "application/json": {
                        value: components["schemas"]["JoinToken"][];
                        continuationToken?: string;
                        /** Format: uri */
                        continuationUri?: string;
                    };
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "joinTokens.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    region: string;
                    gatewayName: string;
                } | {
                    /** Format: uuid */
                    gatewayId: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewJoinToken"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "joinTokens.revoke": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                joinTokenId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "licences.report": {
        parameters: {
            query?: {
                continuationToken?: string;
                isEligible?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description Address of the next page of a table. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        value: components["schemas"]["UserVerdict"][];
                        continuationToken?: string;
                        /** Format: uri */
                        continuationUri?: string;
                    };
                    "text/csv": string;
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "licences.ofUser": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                idOrUpn: string;
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
                    "application/json": components["schemas"]["UserLicences"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "licences.lookUpAgain": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                idOrUpn: string;
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
                    "application/json": components["schemas"]["UserLicences"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "operations.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                operationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description Where to ask next: for the state while it runs, for the result once it has succeeded. */
                    Location?: string;
                    /** @description Id of the operation. */
                    "x-ms-operation-id"?: string;
                    /** @description Seconds to wait before asking again. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operation"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "operations.result": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                operationId: string;
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
                    "application/json": components["schemas"]["OperationResult"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "regions.list": {
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
                    "application/json": components["schemas"]["RegionMap"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "releases.list": {
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
                    "application/json": {
                        value: components["schemas"]["Release"][];
                    };
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "requests.list": {
        parameters: {
            query?: {
                status?: "succeeded" | "failed" | "aborted";
                code?: string;
                gatewayId?: string;
                connectionId?: string;
                environmentId?: string;
                callerId?: string;
                from?: string;
                to?: string;
                continuationToken?: string;
            };
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
                    "application/json": {
                        value: components["schemas"]["RequestRecord"][];
                        continuationToken?: string;
                        /** Format: uri */
                        continuationUri?: string;
                    };
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "requests.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                traceId: string;
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
                    "application/json": components["schemas"]["RequestRecord"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "tenantPolicy.get": {
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
                    "application/json": components["schemas"]["TenantPolicy"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "tenantPolicy.change": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    version: number;
                    /** @enum {string} */
                    installers?: "Open" | "Restricted";
                    listedInstallers?: {
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        type: "User" | "ServicePrincipal" | "Group";
                    }[];
                    /** @enum {string} */
                    joinTokenCreators?: "Installers" | "TenantAdministrators";
                    minimumAdministrators?: number;
                    licenceRules?: ("classic" | "current") | null;
                    allowedKinds?: ("postgresql" | "http" | "filesystem")[] | null;
                    limits?: {
                        tenantRequestsPerMinute?: number | null;
                        connectionRequestsPerMinute?: number | null;
                        callerRequestsPerMinute?: number | null;
                    };
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TenantPolicy"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
}
