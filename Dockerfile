# The coupon server. Build: docker build -t tapcoupon-server . after `npm ci && npm run build`, which makes dist/office and dist/my.
# Run: docker run -p 8080:8080 -v coupons:/data -v /etc/tapcoupon:/run/secrets:ro tapcoupon-server
FROM node:24.21.0-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
COPY packages packages
# No package of the server needs a script to install; Node is the image's own.
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund && npm cache clean --force

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production \
    TAPCOUPON_MEDIUM_HASH_KEY_FILE=/run/secrets/medium-hash-key \
    TAPCOUPON_SECRET_KEY_FILE=/run/secrets/secret-key
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY LICENSE LICENSE
COPY package.json package.json
COPY packages packages
COPY core core
COPY resources resources
COPY server server
COPY dist/office dist/office
COPY dist/my dist/my
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/readyz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "server/main.ts", "--host", "0.0.0.0", "--port", "8080"]
CMD ["--production", "--database", "sqlite:/data/coupons.db"]
