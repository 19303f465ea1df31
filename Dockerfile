# The program, all of it in one static file, and the licences of what is in it.
FROM debian:bookworm-slim AS build
WORKDIR /src
# What a build needs is said in one place; a change of the source installs nothing anew.
COPY dev ./
RUN ./dev packages
COPY CMakeLists.txt CMakePresets.json ./
COPY state state
COPY api api
COPY server server
RUN ./dev build release
COPY LICENSE THIRD-PARTY-NOTICES.md /image/licenses/
RUN ./dev notices /image/licenses/third-party && \
    cp build/release/synthetics-local /image/ && \
    install -d -m 1777 /image/data

FROM scratch
# `./dev image` says both; a test keeps this one the project's.
ARG VERSION=0.1.0
ARG REVISION=
LABEL org.opencontainers.image.title="synthetics-local" \
      org.opencontainers.image.description="A local double of Amazon CloudWatch Synthetics" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.base.name="scratch"
COPY --from=build --chown=10001:10001 /image /
USER 10001:10001
ENV HOST=0.0.0.0
EXPOSE 4566
VOLUME /data
STOPSIGNAL SIGTERM
# Before Docker 25 there is no --start-interval, and an image that has one cannot be built.
HEALTHCHECK --interval=500ms --timeout=3s --retries=10 CMD ["/synthetics-local", "health"]
ENTRYPOINT ["/synthetics-local"]
