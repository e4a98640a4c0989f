# A static binary and nothing else, run by nobody in particular:
#   docker build -t coseal .
#   docker run --rm --network none --read-only -v "$PWD:/data:ro" coseal check
FROM rust:1.95.0-slim-bookworm AS build
WORKDIR /src
COPY . .
# The target has to be named: without it build scripts and macros would be linked statically too, and macros can't be.
RUN target=$(rustc -vV | sed -n 's/^host: //p') \
 && RUSTFLAGS="-C target-feature=+crt-static" cargo build --release --locked -p coseal --target "$target" \
 && cp "target/$target/release/coseal" /coseal

FROM scratch
COPY --from=build --chmod=0555 /coseal /coseal
USER 65532:65532
WORKDIR /data
ENTRYPOINT ["/coseal"]
CMD ["check"]
