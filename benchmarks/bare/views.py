"""What DRF does with no product around it: one row written, twenty rows listed without a count."""

from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from benchmarks.bare.models import Row


class RowSerializer(serializers.ModelSerializer):
    class Meta:
        model = Row
        fields = ("id", "occurred_at", "pain", "numbness", "note")
        read_only_fields = ("id",)


class BareList(APIView):
    def get(self, request):
        rows = Row.objects.filter(owner=request.user).order_by("-occurred_at")[:20]
        return Response({"results": RowSerializer(rows, many=True).data})


class BareWrite(APIView):
    def put(self, request, id):
        serializer = RowSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        serializer.save(id=id, owner=request.user)
        return Response(serializer.data, status=201)
